// The language of the pages beside the dashboard: as it was chosen there, or as the browser asks for. English stands in the pages; words of another language are fetched.
(() => {
  const LANGUAGES = ['en', 'ne'];
  const known = (tag) => LANGUAGES.find((code) => code === tag?.toLowerCase().split('-')[0]);
  const kept = () => {
    try {
      return localStorage.getItem('headwater.language');
    } catch {
      return null;
    }
  };
  const language = known(kept()) ?? navigator.languages.map(known).find((code) => code !== undefined) ?? 'en';
  const textOf = (element) => element.textContent.trim().replace(/\s+/g, ' ');
  let words = {};

  // A text of the page in the language that was chosen, with what stands in {braces} filled in.
  window.word = (english, slots = {}) =>
    (words[english] ?? english).replaceAll(/\{(\w+)\}/g, (whole, name) => slots[name] ?? whole);

  window.languageReady = (async () => {
    if (language === 'en') return;
    const response = await fetch(`/words/${language}.json`, { credentials: 'omit' });
    words = await response.json();
    document.documentElement.lang = language;
    for (const element of document.querySelectorAll('[data-word]')) element.textContent = window.word(textOf(element));
  })().catch(() => undefined);
})();
