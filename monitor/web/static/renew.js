// Renews the part of the page that changes, says aloud what is new, and can be paused. No library, nothing inline.
"use strict";

const EVERY = 3000;
const live = document.getElementById("live");
const state = document.getElementById("renewal-state");
const button = document.getElementById("renewal-switch");
const announcement = document.getElementById("announcement");
let isPaused = false;
let isFailing = false;

function show() {
  if (isPaused) state.textContent = "Paused: nothing new is shown.";
  else if (isFailing) state.textContent = "The demonstration does not answer; trying again.";
  else state.textContent = "Renews itself every 3 seconds.";
  button.textContent = isPaused ? "Go on" : "Pause";
}

// Where the keyboard is: a link by where it leads, a summary by what it opens, and which of those it is.
function holder() {
  const one = document.activeElement;
  if (!live.contains(one)) return null;
  const like = one.matches("a[href]")
    ? `a[href="${CSS.escape(one.getAttribute("href"))}"]`
    : one.matches("summary") ? `#${CSS.escape(one.parentElement.id)} > summary` : null;
  return like && { like, turn: [...live.querySelectorAll(like)].indexOf(one) };
}

function take(page) {
  const fresh = page.getElementById("live");
  if (!fresh || fresh.innerHTML === live.dataset.seen) return;
  const open = new Set([...live.querySelectorAll("details[open]")].map((one) => one.id));
  const held = holder();
  if (live.dataset.newest !== undefined && fresh.dataset.newest !== live.dataset.newest) {
    announcement.textContent = fresh.dataset.says;
    live.dataset.newest = fresh.dataset.newest;
  }
  live.dataset.seen = fresh.innerHTML;
  live.replaceChildren(...fresh.childNodes);
  for (const one of live.querySelectorAll("details")) one.open = open.has(one.id);
  if (held) [...live.querySelectorAll(held.like)][held.turn]?.focus({ preventScroll: true });
}

async function renew() {
  if (isPaused || document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    isFailing = false;
  } catch {
    isFailing = true;
  }
  show();
}

button.hidden = false;
button.addEventListener("click", () => {
  isPaused = !isPaused;
  show();
  if (!isPaused) renew();
});
live.dataset.seen = live.innerHTML;
show();
setInterval(renew, EVERY);
