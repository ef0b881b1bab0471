"use strict";
// Lets sentences be changed where they stand, and writes those that were into a file to send back.
const texts = JSON.parse(document.getElementById("texts").textContent);
const all = [...document.querySelectorAll("[data-id]")];
const how = document.getElementById("how");
const save = document.getElementById("save");
let unsaved = false;

// a browser shows one space where there are several
const plain = (text) => text.replace(/[ \t\u00a0]+/g, " ").replace(/ ?\n ?/g, "\n").trim();
const now = (one) => plain(one.innerText);
const changed = () => all.filter((one) => one.classList.contains("changed"));

function mark(one) {
  one.classList.toggle("changed", now(one) !== plain(texts.sentences[one.dataset.id]));
  const many = changed().length;
  how.textContent = many ? `${many} ${many === 1 ? "sentence" : "sentences"} changed` : "Nothing is changed yet";
  save.disabled = !many;
}

for (const one of all) {
  try { one.contentEditable = "plaintext-only"; } catch { one.contentEditable = "true"; } // an older browser
  one.spellcheck = true;
  one.setAttribute("role", "textbox");
  one.addEventListener("input", () => { unsaved = true; mark(one); });
  one.addEventListener("keydown", (event) => {
    // a sentence is one line; only what is on several may have more
    if (event.key === "Enter" && !texts.sentences[one.dataset.id].includes("\n")) event.preventDefault();
    if (event.key === "Escape") { one.textContent = texts.sentences[one.dataset.id]; mark(one); }
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
all.forEach(mark); // a browser may have kept what was typed before it was loaded again
