// Signing in: what comes back is a session, which the hub keeps for its own pages in a cookie that no script reads. Nothing of it is kept here, nor in a URL.
(() => {
  const { word, languageReady } = window;
  const PENDING = 'headwater.sign-in';
  const at = (id) => document.getElementById(id);
  const status = at('status');
  // Hindi has the digits of Nepali, and every browser has Hindi.
  const TIMES = { ne: ['ne-NP-u-nu-deva', 'hi-IN-u-nu-deva-hc-h23'] };

  const say = (text, wrong = false) => {
    status.textContent = text;
    status.className = wrong ? 'wrong' : '';
  };

  const post = async (path, body, session) => {
    const response = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        'content-type': 'application/json',
        ...(session ? { authorization: `Bearer ${session}` } : {}),
      },
      body: JSON.stringify(body),
    });
    if (response.status === 204) return {};
    const told = await response.json();
    if (!response.ok) throw new Error(told.errors?.[0]?.message ?? word('The hub does not answer.'));
    return told;
  };

  const showIn = (until) => {
    at('ways').hidden = true;
    at('in').hidden = false;
    at('until').textContent =
      until === null
        ? word('You are signed in, until this evening at the latest, and for half an hour without use.')
        : word('You are signed in, until {until} at the latest, and for half an hour without use.', {
            until: new Date(until).toLocaleTimeString(TIMES[document.documentElement.lang]),
          });
  };

  const enter = async ({ session, expiresAt, signInName, recoveryCodes }) => {
    await post('/auth/session', {}, session);
    say('');
    showIn(expiresAt);
    if (!recoveryCodes?.length) return;
    at('own-name').textContent = signInName;
    at('codes').replaceChildren(
      ...recoveryCodes.map((code) => Object.assign(document.createElement('li'), { textContent: code })),
    );
    at('recovery').hidden = false;
  };

  // One thing at a time: a code is good once.
  let busy = false;
  const doing = (work) => (event) => {
    event?.preventDefault();
    if (busy) return;
    busy = true;
    say('…');
    Promise.resolve(work(event))
      .catch((error) => say(error.message, true))
      .then(() => {
        busy = false;
      })
      .catch(() => undefined);
  };
  const fieldsOf = (form) => Object.fromEntries(new FormData(form));

  const toProvider = async (invitation) => {
    const { url, handle } = await post('/auth/oidc/begin', {});
    sessionStorage.setItem(PENDING, JSON.stringify({ handle, invitation }));
    location.assign(url);
  };

  const fromProvider = async () => {
    const query = location.search;
    // The provider's answer must not stay in the address bar or the history.
    history.replaceState(null, '', '/auth/');
    const { handle, invitation } = JSON.parse(sessionStorage.getItem(PENDING) ?? '{}');
    sessionStorage.removeItem(PENDING);
    if (!handle) throw new Error(word('This tab did not begin to sign in: begin again.'));
    await enter(await post('/auth/oidc/finish', { handle, query, ...(invitation ? { invitation } : {}) }));
  };

  at('sign-in').addEventListener(
    'submit',
    doing(async ({ target }) => {
      await enter(await post('/auth/sign-in', fieldsOf(target)));
      target.reset();
    }),
  );
  at('invited').addEventListener(
    'submit',
    doing(async ({ target }) => {
      const offered = await post('/auth/invitation', fieldsOf(target));
      at('offered-name').textContent = offered.signInName;
      at('app-secret').textContent = offered.appSecret.match(/.{1,4}/g).join(' ');
      at('app-address').href = offered.appAddress;
      at('take-up').hidden = false;
      say('');
    }),
  );
  at('take-up').addEventListener(
    'submit',
    doing(async ({ target }) => {
      await enter(await post('/auth/take-up', { ...fieldsOf(at('invited')), ...fieldsOf(target) }));
      target.reset();
      at('invited').reset();
    }),
  );
  at('oidc').addEventListener('click', doing(() => toProvider()));
  at('link').addEventListener('click', doing(() => toProvider(fieldsOf(at('invited')).invitation)));
  at('out').addEventListener(
    'click',
    doing(async () => {
      await post('/auth/sign-out', {});
      location.assign('/auth/');
    }),
  );

  const looked = languageReady.then(() => fetch('/auth/ways', { credentials: 'omit' }));
  looked
    .then((response) => response.json())
    .then(({ oidc }) => {
      at('provider').hidden = !oidc;
      at('link').hidden = !oidc;
    })
    .catch(() => say(word('The hub does not answer.'), true));
  if (location.pathname === '/auth/callback') doing(fromProvider)();
  else
    languageReady
      .then(() => post('/graphql', { query: '{ me { role } }' }))
      .then(({ data }) => data?.me && showIn(null))
      // Nobody is signed in.
      .catch(() => undefined);
})();
