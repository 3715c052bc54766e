// GraphiQL with a key: the key lives in this tab's session and travels in the Authorization header, never in a URL.
(() => {
  const { createElement } = window.React;
  const keyField = document.getElementById('key');
  const status = document.getElementById('status');
  const chooser = document.getElementById('examples');
  const root = window.ReactDOM.createRoot(document.getElementById('graphiql'));
  const KEY = 'headwater.key';
  const FIRST = '# Paste a key above, choose an example, and press Ctrl-Enter.\n';
  let examples = [];
  let shown = FIRST;

  keyField.value = sessionStorage.getItem(KEY) ?? '';

  const say = (text, wrong = false) => {
    status.textContent = text;
    status.className = wrong ? 'wrong' : '';
  };

  const fetcher = async (asked) => {
    const key = keyField.value.trim();
    if (key === '') {
      say('Paste a key to begin; the demo’s are printed where the hub was started.');
      return { errors: [{ message: 'Paste a key above: questions are answered for a key only.' }] };
    }
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(asked),
    });
    const answer = await response.json();
    if (response.status === 401) say('This key is not accepted.', true);
    else if (response.status === 429) say('Too many requests: wait a moment.', true);
    else say('');
    return answer;
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

  // A new key makes a new editor, which reads the schema with it.
  const render = () => {
    root.render(
      createElement(window.GraphiQL, {
        key: sessionStorage.getItem(KEY) ?? '',
        fetcher,
        query: shown,
        storage,
        isHeadersEditorEnabled: false,
        shouldPersistHeaders: false,
        defaultEditorToolsVisibility: 'variables',
      }),
    );
  };

  keyField.addEventListener('change', () => {
    sessionStorage.setItem(KEY, keyField.value.trim());
    say('');
    render();
  });

  chooser.addEventListener('change', () => {
    const example = examples[Number(chooser.value)];
    if (chooser.value === '' || example === undefined) return;
    shown = example.query;
    render();
  });

  fetch('/graphiql/examples.json', { credentials: 'omit' })
    .then((response) => response.json())
    .then((list) => {
      examples = list;
      list.forEach((example, index) => chooser.append(new Option(example.title, String(index))));
    })
    .catch(() => say('The examples could not be read.', true))
    .finally(render);
})();
