// What the board and the player's page have in common.
"use strict";

let spoken = {}; // by the English sentence, what is said instead

// a sentence in the language of the page, with what is to stand in its braces
function say(sentence, values = {}) {
  return (spoken[sentence] ?? sentence).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

// what stands in the page itself: each sentence in English, with what puts another in its place
const standing = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const text = texts.currentNode;
  const sentence = text.data.trim();
  const [before, after] = sentence ? text.data.split(sentence) : [];
  if (sentence) standing.push([sentence, (words) => (text.data = before + words + after)]);
}
for (const name of ["aria-label", "alt"]) {
  for (const part of document.querySelectorAll(`[${name}]`)) {
    standing.push([part.getAttribute(name), (words) => part.setAttribute(name, words)]);
  }
}

// lets the page speak the language of an event from now on
function speak(event) {
  spoken = event.words;
  document.documentElement.lang = event.language;
  for (const [sentence, put] of standing) put(say(sentence));
}

const at = (id) => document.getElementById(id);

function element(name, text, kind) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function trouble(text) {
  at("trouble").textContent = text;
  at("trouble").hidden = text === "";
}

// the time that is left until a moment of the host's clock, which is so far ahead of this one: 4:07
function clock(until, ahead) {
  const left = Math.max(0, Math.round((until - Date.now() - ahead) / 1000));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

// a report, as headings, paragraphs, tables and curves
function report(parts) {
  return parts.flatMap((found) => {
    if (found.kind === "heading") return [element(`h${Math.min(found.level + 1, 4)}`, found.text)];
    if (found.kind === "paragraph") return [element("p", found.text)];
    if (found.kind === "chart") return [chart(found.courses)];
    return [table(found)];
  });
}

function table(found) {
  const made = element("table");
  const head = made.createTHead().insertRow();
  const kind = (place) => (place && found.numbers && !found.listed ? "number" : "");
  found.header.forEach((text, place) => head.append(Object.assign(element("th", text, kind(place)), { scope: "col" })));
  const body = made.createTBody();
  for (const cells of found.rows) {
    const row = body.insertRow();
    cells.forEach((text, place) => row.append(element("td", text, kind(place))));
  }
  return made;
}

// courses of figures from 0 to 100; the second one is broken, the third one dotted
function chart(courses) {
  const drawn = (name, set) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(set)) made.setAttribute(key, value);
    return made;
  };
  const step = 100 / Math.max(1, courses[0][1].length - 1);
  const svg = drawn("svg", { viewBox: "-2 -4 104 48", role: "img", "aria-label": courses.map(([name]) => name).join(", ") });
  for (const y of [0, 20, 40]) svg.append(drawn("line", { x1: 0, x2: 100, y1: y, y2: y }));
  courses.forEach(([, course], number) => {
    const points = course.map((value, place) => (value === null ? "" : `${place * step},${40 - value * 0.4}`)).join(" ");
    svg.append(drawn("polyline", { points, class: `c${number}` }));
  });
  const made = element("figure");
  const lines = [say("whole line"), say("broken line"), say("dotted line")];
  made.append(svg, element("figcaption", courses.map(([name], number) => `${lines[number]}: ${name}`).join("; ")));
  return made;
}
