// Changes the theme in place and remembers it; without this script the form does it with a round trip.
document.addEventListener("submit", event => {
  const form = event.target as HTMLFormElement;
  const button = event.submitter as HTMLButtonElement | null;
  if (!form.matches("form.theme") || !button) return;
  event.preventDefault();
  const root = document.documentElement;
  root.dataset.chosen = root.dataset.bsTheme = button.value;
  document.cookie = `mw-theme=${button.value}; path=/; max-age=31536000; samesite=strict`;
  form.querySelector<HTMLButtonElement>(button.value === "dark" ? ".to-light" : ".to-dark")?.focus();
});
