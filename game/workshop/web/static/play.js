// Plays an event in a browser. Everything that is said comes from the host in words; this only shows it.
"use strict";

const WAIT = 20; // seconds that the host may keep a request for news
const AGAIN = [500, 1000, 2000, 4000]; // milliseconds before a lost connection is tried again

let event = null; // what is known of the event
let token = null;
let now = null; // where this seat is
let run = null; // which run `said` shows: "round.buyer"
let told = 0; // entries of its transcript that are shown
let ahead = 0; // how far the host's clock is ahead of this one, in milliseconds
let sending = false;
let era = 0; // counts seats taken and left, so that an answer to an earlier one is dropped

function show(id, yes) {
  at(id).hidden = !yes;
}

// --- asking the host

class Told extends Error {
  constructor(status, body) {
    super(body.error || say("The host gave no answer that makes sense."));
    this.status = status;
    this.body = body;
  }
}

async function ask(path, body, patience = 15) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, {
    method: body === undefined ? "GET" : "POST",
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
    signal: AbortSignal.timeout ? AbortSignal.timeout(patience * 1000) : undefined,
  });
  let found = {};
  try {
    found = await answer.json();
  } catch {
    throw new Error("no JSON");
  }
  if (!answer.ok) throw new Told(answer.status, found);
  return found;
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// asks until there is an answer: a lost connection and a busy host are tried again, a refusal is not
async function insist(path, body, patience) {
  const mine = era;
  for (let tried = 0; mine === era; tried++) {
    try {
      const found = await ask(path, body, patience);
      trouble("");
      return found;
    } catch (error) {
      if (error instanceof Told && ![429, 503].includes(error.status)) throw error;
      if (tried || error instanceof Told) trouble(error instanceof Told ? error.message : say("The host cannot be reached. Trying again; nothing is lost."));
      await pause(AGAIN[Math.min(tried, AGAIN.length - 1)]);
    }
  }
  throw new Told(0, { error: "", code: "left" });
}

// --- a seat

const place = () => `first-visit/${event.id}`;

function keep(value) {
  try {
    if (value) localStorage.setItem(place(), value);
    else localStorage.removeItem(place());
  } catch {
    // a browser that keeps nothing: the seat lasts as long as this page
  }
}

function kept() {
  try {
    return localStorage.getItem(place());
  } catch {
    return null;
  }
}

async function begin() {
  event = await insist("api/event");
  speak(event);
  document.title = `${event.title}: First Visit`;
  at("title").textContent = event.title;
  token = kept();
  if (token) sit();
  else askToJoin();
}

function askToJoin(why = "") {
  era++;
  token = null;
  now = run = null;
  for (const id of ["run", "hint", "ended", "standing", "mine", "leave"]) show(id, false);
  for (const id of ["where", "clock", "who"]) at(id).textContent = "";
  show("name-label", event.names === "free");
  show("team-label", event.teams);
  at("teams").replaceChildren(...event.team_names.map((name) => Object.assign(element("option"), { value: name })));
  at("kept").textContent = say("What is played here is kept for {days} days, then deleted. The host can delete it earlier.", event);
  const code = decodeURIComponent(location.hash.slice(1));
  if (code && code.length <= 20) at("code").value = code;
  trouble(why);
  show("join", true);
  at(at("code").value && !at("name-label").hidden ? "name" : "code").focus();
}

async function join(body, path) {
  for (const button of at("join").querySelectorAll("button")) button.disabled = true;
  try {
    // drawn here, so that asking again after a lost answer gives the same seat
    const drawn = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, "0"));
    const seat = await insist(path, { ...body, token: drawn.join("") });
    token = seat.token;
    keep(token);
    show("join", false);
    sit();
  } catch (error) {
    trouble(error.message);
  }
  for (const button of at("join").querySelectorAll("button")) button.disabled = false;
}

at("join").addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  join({ code: at("code").value, name: at("name").value, team: at("team").value }, "api/seats");
});
at("recover").addEventListener("click", () => join({ code: at("recovery").value }, "api/seats/recover"));
at("leave").addEventListener("click", () => {
  if (!confirm(say("Leave this seat on this device? To come back you need a recovery code from the host."))) return;
  keep(null);
  askToJoin();
});

async function sit() {
  const mine = ++era;
  show("leave", true);
  let since = "";
  while (mine === era) {
    try {
      const found = await insist(`api/now?words=yes${since}`, undefined, WAIT + 10);
      if (mine !== era) return;
      if (!sending) tell(found);
      since = `&since=${encodeURIComponent(found.version)}&wait=${WAIT}`;
    } catch (error) {
      if (mine === era) refused(error);
      if (error.status === 401 || error.status === 403 || mine !== era) return;
      await pause(2000);
    }
  }
}

function refused(error) {
  if (error.status === 401 || error.status === 403) {
    keep(null);
    askToJoin(error.message);
  } else if (error.message) trouble(error.message);
}

async function choose(choice) {
  if (sending || (choice.question && !confirm(say("{question} Go on?", choice)))) return;
  const mine = era;
  sending = true;
  for (const button of at("choices").querySelectorAll("button")) button.disabled = true;
  const body = { round: now.round, buyer: now.run.buyer, n: now.run.n, move: choice.name, told };
  try {
    const found = await insist("api/moves?words=yes", body);
    if (mine === era) tell(found);
  } catch (error) {
    if (mine === era) {
      refused(error);
      if (token) tell(await insist("api/now?words=yes"));
    }
  } finally {
    sending = false;
    for (const button of at("choices").querySelectorAll("button")) button.disabled = false;
  }
}

// --- showing where this seat is

function tell(found) {
  const before = now;
  now = found;
  if (before && before.language !== found.language) hear();
  ahead = found.now - Date.now();
  at("where").textContent = found.words.where;
  document.documentElement.style.scrollPaddingTop = `${document.querySelector("header").offsetHeight + 8}px`; // it stays in view
  at("who").textContent = found.team ? `${found.name}, ${found.team}` : found.name;
  show("run", found.run !== null);
  show("hint", found.words.hint !== "");
  if (at("hint").textContent !== found.words.hint) at("hint").textContent = found.words.hint;
  showEnd(found);
  if (found.run) showRun(found, before);
  if (found.state === "playing") {
    show("standing", false);
    show("mine", false);
  } else if (!before || before.version !== found.version) {
    showStanding();
    showMine();
  }
  tick();
}

// the next round is in another language
async function hear() {
  const mine = era;
  const found = await ask("api/event").catch(() => null);
  if (!found || mine !== era) return;
  event = found;
  speak(event);
}

async function showStanding() {
  const mine = era;
  const found = await ask("api/standings").catch(() => null);
  if (!found || mine !== era || !now || now.state === "playing") return;
  const rows = found.lines.map((line) => {
    const row = element("tr", undefined, line.seat === now.seat ? "mine" : "");
    const placed = /^\d+$/.test(line.place);
    const name = line.seat === now.seat ? say("{name} (you)", line) : line.name;
    row.append(element("td", placed ? line.place : ""), element("td", placed ? name : `${name}: ${line.place}`), element("td", line.earned));
    return row;
  });
  const table = element("table");
  table.append(...rows);
  const parts = [element("h2", found.title)];
  if (found.note) parts.push(element("p", found.note));
  if (rows.length) parts.push(table, element("small", found.rule));
  at("standing").replaceChildren(...parts);
  show("standing", found.title !== "" && (rows.length > 0 || found.note !== ""));
}

// what one has played in rounds that have closed, each to be looked back on
async function showMine() {
  const mine = era;
  const found = await ask("api/runs").catch(() => null);
  if (!found || mine !== era || !now || now.state === "playing") return;
  at("agree").checked = found.agrees;
  if (at("sales").childElementCount !== found.runs.length) at("sales").replaceChildren(...found.runs.map(sale));
  at("besides").replaceChildren(...found.besides.map((text) => element("p", text)));
  show("consent", found.runs.length > 0);
  show("mine", found.runs.length + found.besides.length > 0);
}

function sale(past) {
  const made = element("details");
  const inside = element("div", say("One moment ..."), "report");
  made.append(element("summary", `${say("Round {round}, buyer {buyer}.", { round: past.round + 1, buyer: past.buyer + 1 })} ${past.ended}. ${past.earned}`), inside);
  made.addEventListener("toggle", async () => {
    if (!made.open) return;
    try {
      const parts = await ask(`api/runs/${past.round}/${past.buyer}?words=yes`);
      inside.replaceChildren(...report(parts));
      if (past.again) inside.append(element("h3", say("To meet this buyer again at home")), element("p", past.again, "typed"));
    } catch (error) {
      inside.textContent = error instanceof Told ? error.message : say("The host cannot be reached. Close this and open it again.");
    }
  });
  return made;
}

at("agree").addEventListener("change", async () => {
  try {
    at("agree").checked = (await insist("api/agree", { yes: at("agree").checked })).agrees;
  } catch (error) {
    at("agree").checked = !at("agree").checked;
    refused(error);
  }
});

function showEnd(found) {
  const ended = found.words.ended;
  show("ended", ended !== null);
  if (!ended) return;
  const lines = ended.said.filter((word) => word.when === ended.said.at(-1).when).slice(-3);
  at("ended").replaceChildren(
    element("h2", say("Buyer {number}", { number: found.ended.buyer + 1 })),
    ...lines.map(sentence),
    ...ended.results.map((text) => element("p", text, "result")),
  );
}

function showRun(found, before) {
  const words = found.words.run;
  const which = `${found.round}.${found.run.buyer}`;
  const said = at("said");
  if (which !== run) {
    run = which;
    told = 0;
    said.replaceChildren();
    if (found.words.briefing.length) {
      at("briefing").querySelector("div").replaceChildren(...found.words.briefing.map((text) => element("p", text)));
    }
    at("briefing").open = found.run.n === 0 && found.run.buyer === 0;
  } else if (before && before.run && found.run.n > before.run.n) at("briefing").open = false;
  const fresh = words.said.slice(told - found.run.told);
  let when = said.dataset.when || "";
  if (!said.childElementCount) when = "";
  for (const word of fresh) {
    if (word.when !== when) said.append(element("p", (when = word.when), "when"));
    said.append(sentence(word));
  }
  said.dataset.when = when;
  told = found.run.told + words.said.length;
  at("gauges").replaceChildren(...words.gauges.map(gauge));
  at("changes").replaceChildren(...words.changes.map((text) => element("li", text)));
  at("status").textContent = words.status.join(" ");
  at("known").querySelector("div").replaceChildren(...words.known.flat().map((text) => element("p", text)));
  if (!before || !before.run || before.version !== found.version) showChoices(words.groups);
  said.scrollTop = said.scrollHeight;
  const moved = before && before.run && before.run.n !== found.run.n;
  if (moved && getComputedStyle(at("talk")).position !== "sticky") at("talk").scrollIntoView({ block: "start" });
}

function sentence(word) {
  const line = element("p", undefined, word.who);
  if (word.name) line.append(element("b", word.mood ? `${word.name} (${word.mood}): ` : `${word.name}: `));
  line.append(word.text);
  return line;
}

function gauge(of) {
  const line = element("label", undefined, "gauge");
  const meter = Object.assign(element("meter"), { min: 0, max: of.full, value: of.value });
  line.append(element("span", of.name), element("span", of.change ? `${of.text} (${of.change})` : of.text), meter);
  return line;
}

function showChoices(groups) {
  const parts = [];
  for (const group of groups) {
    parts.push(element("h2", group.heading));
    for (const choice of group.choices) {
      const button = element("button", undefined, "choice");
      button.type = "button";
      button.append(element("span", `${choice.number}`, "number"), element("span", choice.text, "says"));
      if (choice.takes) button.append(element("span", choice.takes, "takes"));
      button.dataset.number = choice.number;
      button.addEventListener("click", () => choose(choice));
      parts.push(button);
    }
  }
  const held = at("choices").contains(document.activeElement);
  at("choices").replaceChildren(...parts);
  if (held) at("choices").querySelector("button")?.focus({ preventScroll: true });
}

document.addEventListener("keydown", (pressed) => {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.repeat || at("run").hidden) return;
  if (!/^[1-9]$/.test(pressed.key) || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
  at("choices").querySelector(`button[data-number="${pressed.key}"]`)?.click();
});

function tick() {
  at("clock").textContent = now && now.ends_at !== null ? say("{time} left", { time: clock(now.ends_at, ahead) }) : "";
}

setInterval(tick, 1000);
begin().catch((error) => trouble(error.message));
