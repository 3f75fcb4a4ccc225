// Runs before the first paint: a remembered choice of colours wins over the system's.
(() => {
  "use strict";
  const root = document.documentElement;
  const remembered = () => { try { return localStorage.getItem("bursar-theme"); } catch { return null; } };
  const remember = theme => { try { localStorage.setItem("bursar-theme", theme); } catch { /* a browser that keeps nothing */ } };
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  const theme = remembered();
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      const name = () => { button.textContent = isDark() ? "Light colours" : "Dark colours"; };
      button.hidden = false;
      name();
      button.addEventListener("click", () => {
        root.dataset.theme = isDark() ? "light" : "dark";
        remember(root.dataset.theme);
        name();
        dispatchEvent(new Event("bursar-theme"));
      });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
    }
  });
})();
