// Small comforts only: every page works without this file.
"use strict";
document.addEventListener("submit", (event) => {
  // A second press of the same button sends nothing twice.
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post" && !form.hasAttribute("data-again")) { form.dataset.sent = "yes"; }
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
});
document.addEventListener("keydown", (event) => {
  // The Enter that ends a Japanese conversion must not send the form.
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) { event.stopPropagation(); }
}, true);
document.addEventListener("keydown", (event) => {
  // On a sheet that is typed off a paper, Enter goes to the next field; in the last one it saves.
  const form = event.key === "Enter" && event.target.closest("form[data-enter-goes-on]");
  if (!form) { return; }
  const fields = [...form.querySelectorAll("input:not([type=hidden]):not([type=checkbox]), select")];
  const next = fields[fields.indexOf(event.target) + 1];
  if (fields.includes(event.target) && next) { event.preventDefault(); next.focus(); if (next.select) { next.select(); } }
});
document.addEventListener("input", (event) => {
  // While a row is shared out, the rest is counted along; the server counts again.
  const form = event.target.closest("form");
  const rest = form && form.querySelector("[data-rest-of]");
  if (!rest) { return; }
  const yen = [...form.querySelectorAll("input.amount")].reduce((sum, field) => sum + (Number(field.value.normalize("NFKC").replace(/[^0-9]/g, "")) || 0), 0);
  const left = Number(rest.dataset.restOf) - yen;
  const words = left === 0 ? rest.dataset.exact : left > 0 ? rest.dataset.left : rest.dataset.over;
  rest.querySelector("strong").textContent = words.replace("%", Math.abs(left).toLocaleString("ja-JP"));
});
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-tick-all]");
  if (!all) { return; }
  document.querySelectorAll(`input[type=checkbox][name="${all.dataset.tickAll}"]`).forEach((box) => { box.checked = all.checked; });
});
