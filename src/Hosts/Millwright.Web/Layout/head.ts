// Runs before the first paint: dark or light, and the mark that scripts are there, so that charts keep their place from the start.
const root = document.documentElement;
if (!root.dataset.chosen) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    if (!root.dataset.chosen) root.dataset.bsTheme = dark.matches ? "dark" : "light";
  };
  follow();
  dark.addEventListener("change", follow);
}
root.classList.add("scripted");
