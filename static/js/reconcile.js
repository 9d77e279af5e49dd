// The number on the button follows the ticks; without this file the answer says how many were confirmed.
"use strict";
document.addEventListener("change", (event) => {
  const form = event.target.closest("form");
  const button = form && form.querySelector("[data-counts]");
  if (!button) { return; }
  window.setTimeout(() => {
    const ticked = form.querySelectorAll(`input[name="${button.dataset.counts}"]:checked`).length;
    button.querySelector("[data-count]").textContent = String(ticked);
    button.disabled = ticked === 0;
  }, 0);
});
// The slider and the number beside it say the same.
document.addEventListener("input", (event) => {
  const other = event.target.dataset && document.getElementById(event.target.dataset.follows || "");
  if (other) { other.value = event.target.value; }
});
