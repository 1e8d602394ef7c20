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

function take(page) {
  const fresh = page.getElementById("live");
  if (!fresh || fresh.innerHTML === live.dataset.seen) return;
  const open = new Set([...live.querySelectorAll("details[open]")].map((one) => one.id));
  const focused = live.contains(document.activeElement) ? document.activeElement.closest("[id]")?.id : null;
  if (live.dataset.newest !== undefined && fresh.dataset.newest !== live.dataset.newest) {
    announcement.textContent = fresh.dataset.says;
    live.dataset.newest = fresh.dataset.newest;
  }
  live.dataset.seen = fresh.innerHTML;
  live.replaceChildren(...fresh.childNodes);
  for (const one of live.querySelectorAll("details")) one.open = open.has(one.id);
  if (focused) document.getElementById(focused)?.querySelector("summary")?.focus();
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
