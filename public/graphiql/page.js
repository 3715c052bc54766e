// GraphiQL with the session that this browser holds in a cookie, or with a key: that one lives in this tab's session and travels in the Authorization header, never in a URL.
(() => {
  const { word, languageReady } = window;
  const { createElement, useEffect, useState } = window.React;
  const { GraphiQL } = window;
  const { useEditorContext } = GraphiQL.React;
  const keyField = document.getElementById('key');
  const status = document.getElementById('status');
  const chooser = document.getElementById('examples');
  const toMap = document.getElementById('map');
  const KEY = 'headwater.key';
  // What the map is asked to show: the question, which it asks again, and no answer.
  const ASKED = 'headwater.asked';
  const blank = () => `${word('# Ctrl-Space completes, Ctrl-Enter runs.')}\n`;
  const ROLES = {
    OPERATOR: () => word('operator'),
    FIELD: () => word('field'),
    ANALYST: () => word('analyst'),
    INVESTIGATOR: () => word('investigator'),
    DATA_OFFICER: () => word('data officer'),
    DASHBOARD: () => word('dashboard'),
    PARTNER: () => word('partner'),
  };
  let examples = [];
  // GraphiQL's editors and tabs, once it has drawn them; and what is to stand in a tab that is only being opened.
  let editing = null;
  let awaited = null;
  // Who the cookie's session is; null where nobody is signed in.
  let me = null;

  keyField.value = sessionStorage.getItem(KEY) ?? '';

  const say = (text, wrong = false) => {
    status.textContent = text;
    status.className = wrong ? 'wrong' : '';
  };

  const hasKey = () => keyField.value.trim() !== '';

  // A key that is given counts alone.
  const ask = (asked) =>
    fetch('/graphql', {
      method: 'POST',
      credentials: hasKey() ? 'omit' : 'same-origin',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(hasKey() ? { authorization: `Bearer ${keyField.value.trim()}` } : {}),
      },
      body: JSON.stringify(asked),
    });

  const sayHowItWent = (response) => {
    if (response.status === 401)
      say(hasKey() ? word('This key is not accepted.') : word('Your session has ended: sign in again, or paste a key.'), true);
    else if (response.status === 429) say(word('Too many requests: wait a moment.'), true);
    else say('');
  };

  const fetcher = async (asked) => {
    if (!hasKey() && me === null) {
      keyField.focus();
      return { errors: [{ message: word('Sign in, or paste a key above: questions are answered for somebody only.') }] };
    }
    const response = await ask(asked);
    sayHowItWent(response);
    return response.json();
  };

  // Queries may hold ids: they are kept for this tab only, like the key.
  const storage = {
    getItem: (name) => sessionStorage.getItem(name),
    setItem: (name, value) => sessionStorage.setItem(name, value),
    removeItem: (name) => sessionStorage.removeItem(name),
    clear: () => sessionStorage.clear(),
    get length() {
      return sessionStorage.length;
    },
  };

  // Beside an answer that is not there yet: what to do for one.
  const Hint = ({ mayAsk }) => {
    editing = useEditorContext({ nonNull: true });
    const { responseEditor, queryEditor, variableEditor, activeTabIndex, tabs } = editing;
    const [empty, setEmpty] = useState(true);
    useEffect(() => {
      if (!responseEditor) return undefined;
      const look = () => setEmpty(responseEditor.getValue() === '');
      look();
      responseEditor.on('change', look);
      return () => responseEditor.off('change', look);
    }, [responseEditor]);
    useEffect(() => {
      queryEditor?.setOption('lineWrapping', true);
    }, [queryEditor]);
    useEffect(() => {
      if (awaited === null || !queryEditor) return;
      queryEditor.setValue(awaited);
      variableEditor?.setValue('');
      awaited = null;
    }, [queryEditor, variableEditor, activeTabIndex, tabs.length]);
    if (!empty) return null;
    return createElement(
      'p',
      { className: 'hint' },
      mayAsk
        ? word('The answer appears here: press ▶ or Ctrl-Enter.')
        : word(
            'Paste a key above, then press ▶. The demo’s keys are printed where the hub was started; each example says which of them shows it.',
          ),
    );
  };

  const root = window.ReactDOM.createRoot(document.getElementById('graphiql'));
  let schema;
  // One editor for every key: whose key it is changes the answers, not the questions or the schema.
  const render = () => {
    const mayAsk = hasKey() || me !== null;
    // The map asks with the session: what a pasted key sees is not shown there.
    toMap.hidden = hasKey() || me === null;
    root.render(
      createElement(
        GraphiQL,
        {
          fetcher,
          schema,
          storage,
          defaultQuery: blank(),
          defaultTabs: [{ query: examples[0]?.query ?? blank() }],
          isHeadersEditorEnabled: false,
          shouldPersistHeaders: false,
          defaultEditorToolsVisibility: false,
        },
        createElement(GraphiQL.Footer, null, createElement(Hint, { mayAsk })),
      ),
    );
  };

  const sayWho = () =>
    say(
      me === null
        ? ''
        : word('Signed in: {who}.', {
            who: `${me.organisation ?? ''} ${ROLES[me.role]?.() ?? me.role}`.trim(),
          }),
    );

  // With the cookie alone: whoever is signed in, whatever key is pasted besides.
  const lookWhoIsIn = async () => {
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: '{ me { organisation role } }' }),
    });
    me = response.ok ? ((await response.json()).data?.me ?? null) : null;
    if (!hasKey()) sayWho();
  };

  toMap.addEventListener('click', () => {
    const query = editing?.queryEditor?.getValue() ?? '';
    const variables = editing?.variableEditor?.getValue() ?? '';
    sessionStorage.setItem(ASKED, JSON.stringify({ query, variables }));
  });

  const acceptKey = async () => {
    sessionStorage.setItem(KEY, keyField.value.trim());
    render();
    if (!hasKey()) return sayWho();
    const response = await ask({ query: '{ __typename }' });
    if (response.ok) say(word('Key accepted.'));
    else sayHowItWent(response);
  };
  keyField.addEventListener('change', () => {
    acceptKey().catch(() => say(word('The hub does not answer.'), true));
  });
  document.getElementById('entry').addEventListener('submit', (event) => {
    event.preventDefault();
    keyField.blur();
  });

  const isUntouched = (text) =>
    text.replace(/^\s*#.*$/gm, '').trim() === '' || examples.some(({ query }) => query === text);

  // What somebody wrote is never replaced: an example then opens a tab of its own.
  const open = ({ query }) => {
    chooser.open = false;
    if (!editing?.queryEditor) return;
    const { tabs, activeTabIndex, queryEditor, responseEditor, addTab, changeTab } = editing;
    const texts = tabs.map((tab, index) => (index === activeTabIndex ? queryEditor.getValue() : tab.query));
    const at = texts.indexOf(query);
    say('');
    if (at === activeTabIndex) say(word('This example is open: press ▶ to run it.'));
    else if (at >= 0) changeTab(at);
    else if (isUntouched(texts[activeTabIndex] ?? '')) {
      queryEditor.setValue(query);
      editing.variableEditor?.setValue('');
      responseEditor?.setValue('');
    } else {
      awaited = query;
      addTab();
    }
    queryEditor.focus();
  };

  const listed = (example) => {
    const button = document.createElement('button');
    const note = document.createElement('small');
    button.type = 'button';
    button.textContent = example.title;
    note.textContent = example.note;
    button.append(note);
    button.addEventListener('click', () => open(example));
    const item = document.createElement('li');
    item.append(button);
    return item;
  };

  document.addEventListener('click', (event) => {
    if (!chooser.contains(event.target)) chooser.open = false;
  });
  chooser.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    chooser.open = false;
    chooser.querySelector('summary').focus();
  });

  const read = (file) =>
    fetch(file, { credentials: 'omit' }).then((response) =>
      response.ok ? response.text() : Promise.reject(new Error(file)),
    );
  const looked = languageReady
    .then(lookWhoIsIn)
    .catch(() => say(word('The hub does not answer.'), true));
  const readAll = Promise.all([read('/graphiql/examples.json'), read('/schema.graphql')])
    .then(([list, text]) => {
      examples = JSON.parse(list);
      chooser.querySelector('ul').append(...examples.map(listed));
      schema = GraphiQL.GraphQL.buildSchema(text);
    })
    .catch(() => say(word('The examples could not be read.'), true));
  Promise.all([languageReady, looked, readAll])
    .catch(() => undefined)
    .finally(render);
})();
