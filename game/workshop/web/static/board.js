// The board for a projector: shows the newest picture that the host sends, and the class debrief when it is asked for.
"use strict";

const token = location.hash.slice(1);
const headers = { Authorization: `Bearer ${token}` };
const AGAIN = 1500; // milliseconds before a lost connection is tried again

let picture = null;
let view = "auto"; // `auto`, `join`, `ranking`, or the number of a round to look back on
let ahead = 0;
let told = null; // the debrief that is shown
let language = null; // of the page

// server-sent events, read by hand: a browser's own reader sends no token
async function follow() {
  const answer = await fetch("api/board/stream", { headers, cache: "no-store" });
  if (answer.status === 401 || answer.status === 403) {
    trouble(say("This address has no token, or an old one. Open the board's address again, as the host's screen shows it."));
    return false;
  }
  if (!answer.ok) throw new Error(`${answer.status}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      trouble("");
      if (!part.startsWith("data: ")) continue;
      const found = JSON.parse(part.slice(6));
      await hear(found.language);
      show(found);
    }
  }
}

async function keepFollowing() {
  for (;;) {
    try {
      if (!(await follow())) return;
    } catch {
      trouble(say("The host cannot be reached. The board goes on as soon as it can."));
    }
    await new Promise((done) => setTimeout(done, AGAIN));
  }
}

// lets the page speak the language of the round
async function hear(of) {
  if (language === of) return;
  const answer = await fetch("api/event", { cache: "no-store" });
  if (!answer.ok) return;
  speak(await answer.json());
  language = of;
}

function show(found) {
  const opened = found.round !== null && picture !== null && picture.round !== found.round;
  if (opened) view = "auto"; // what was looked at while nothing ran is over
  picture = found;
  ahead = found.now - Date.now();
  document.title = say("{title}: board", found);
  at("title").textContent = found.title;
  const running = found.round === null ? null : found.rounds[found.round];
  const coming = found.rounds.findIndex((round) => round.state === "coming");
  at("round").textContent = running
    ? say("Round {round} of {rounds}: {title}", { round: found.round + 1, rounds: found.rounds.length, title: running.title })
    : found.over ? say("The last round has ended")
    : say("Round {round} of {rounds} comes next: {title}", { round: coming + 1, rounds: found.rounds.length, title: found.rounds[coming].title });
  at("people").textContent = running
    ? say("{seats} here, {playing} playing, {done} done", found)
    : say("{seats} here", found);
  const whole = found.addresses[0] || "";
  const address = whole.replace(/^https?:\/\//, "");
  at("invite").textContent = found.seal ? say("Seal: {seal}", found) : found.locked ? "" : say("Join: {address}  Code: {code}", { address, code: found.code });
  at("address").textContent = address;
  at("code").textContent = found.code;
  const typed = /^http:.*:\d+$/.test(whole) ? address : whole; // without a port it is not the usual one
  at("terminal").textContent = `firstvisit join ${typed} --code ${found.code}`;
  if (found.qr && at("qr").src !== found.qr) at("qr").src = found.qr;
  at("qr").hidden = !found.qr;
  showRanking(found.standings);
  choose();
  tick();
}

function choose() {
  const begun = picture.rounds.some((round) => round.state !== "coming");
  const views = [["join", say("Join")], ...(begun ? [["ranking", say("Ranking")]] : [])];
  for (const round of picture.debriefs) views.push([String(round), say("Class debrief, round {round}", { round: round + 1 })]);
  const chosen = views.some(([name]) => name === view) ? view : begun ? "ranking" : "join";
  at("views").replaceChildren(
    ...views.map(([name, text]) => {
      const button = element("button", text);
      button.type = "button";
      if (name === chosen) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => {
        view = name;
        choose();
      });
      return button;
    }),
  );
  at("join").hidden = chosen !== "join";
  at("ranking").hidden = chosen !== "ranking";
  at("debrief").hidden = /\D/.test(chosen);
  if (!at("debrief").hidden) look(chosen);
}

// --- the ranking

function showRanking(found) {
  at("which").textContent = found.title;
  at("rule").textContent = found.rule;
  at("note").textContent = found.note;
  at("note").hidden = found.note === "";
  at("ranking").classList.toggle("many", found.lines.length > 12); // as many rows as a small projector shows
  const tables = [];
  if (found.teams.length) tables.push(ranked(say("Teams"), found.teams, say("players")));
  if (found.lines.length) tables.push(ranked(say("Players"), found.lines, found.lines.some((line) => line.team) ? say("team") : null));
  if (found.others.length) tables.push(ranked(say("Computer players with these very buyers"), found.others, null));
  at("tables").replaceChildren(...tables);
  at("room").replaceChildren(...found.room.map((text) => element("li", text)));
}

function ranked(caption, lines, teams) {
  const made = element("table");
  made.append(element("caption", caption));
  const columns = [["place", say("place")], ["name", say("name")]];
  if (teams) columns.push(["team", teams]);
  columns.push(["earned", say("earned")]);
  for (const [name, text] of [["closed", say("first-visit closes")], ["conduct", say("conduct")], ["met", say("sales over")]]) {
    if (lines.some((line) => line[name])) columns.push([name, text]);
  }
  const head = made.createTHead().insertRow();
  for (const [name, text] of columns) head.append(Object.assign(element("th", text, name), { scope: "col" }));
  const body = made.createTBody();
  for (const line of lines) {
    const row = body.insertRow();
    for (const [name] of columns) row.append(element("td", line[name], name));
  }
  return made;
}

// --- the class debrief

async function look(round) {
  const version = [language, round, picture.standings.others.length, picture.agree, picture.coached].join(".");
  if (told === version) return;
  told = version;
  const answer = await fetch(`api/debrief/${round}`, { headers, cache: "no-store" }).catch(() => null);
  if (!answer || !answer.ok) {
    told = null;
    return;
  }
  at("debrief").replaceChildren(...report(await answer.json()));
}

function tick() {
  const running = picture && picture.round !== null ? picture.rounds[picture.round] : null;
  at("clock").textContent = running ? clock(running.ends_at, ahead) : "";
}

setInterval(tick, 500);
keepFollowing();
