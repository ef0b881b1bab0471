"use strict";
// Lets sentences be changed where they stand, and writes those that were into a file to send back.
const texts = JSON.parse(document.getElementById("texts").textContent);
const all = [...document.querySelectorAll("[data-id]")];
const how = document.getElementById("how");
const save = document.getElementById("save");
let unsaved = false;

const now = (one) => one.innerText.replace(/\u00a0/g, " ").trim();
const changed = () => all.filter((one) => now(one) !== texts.sentences[one.dataset.id]);

function look() {
  for (const one of all) one.classList.toggle("changed", now(one) !== texts.sentences[one.dataset.id]);
  const many = changed().length;
  how.textContent = many ? `${many} ${many === 1 ? "sentence" : "sentences"} changed` : "Nothing is changed yet";
  save.disabled = !many;
}

for (const one of all) {
  one.contentEditable = "plaintext-only";
  if (one.contentEditable !== "plaintext-only") one.contentEditable = "true"; // an older browser
  one.spellcheck = true;
  one.addEventListener("input", () => { unsaved = true; look(); });
  one.addEventListener("keydown", (event) => {
    // a sentence is one line; only what is on several may have more
    if (event.key === "Enter" && !texts.sentences[one.dataset.id].includes("\n")) event.preventDefault();
    if (event.key === "Escape") { one.textContent = texts.sentences[one.dataset.id]; look(); }
  });
}

save.addEventListener("click", () => {
  const found = changed().map((one) => ({ id: one.dataset.id, was: texts.sentences[one.dataset.id], now: now(one) }));
  const text = JSON.stringify({ form: 1, scenario: texts.scenario, changes: found }, null, 1) + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `${texts.scenario}-changes.json`;
  link.click();
  unsaved = false;
});

window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
document.getElementById("bar").hidden = false;
look();
