// A convenience only: a changed choice asks at once; typed fields wait for the button.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-ask-on-change]")) {
    for (const select of form.querySelectorAll("select")) {
      select.addEventListener("change", () => form.requestSubmit());
    }
  }
})();
