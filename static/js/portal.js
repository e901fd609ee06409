// Small additions; every page works without them.

// A second click on a submit button within three seconds is dropped. The server holds without it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 3000) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = String(Date.now());
});

// Print buttons exist only where a script can print.
for (const place of document.querySelectorAll("[data-print]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet";
  button.textContent = "Print";
  button.addEventListener("click", () => window.print());
  place.replaceChildren(button);
}

// A button that copies the text of a box exists only where a script can copy; the box then says so by being selected.
for (const place of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(place.dataset.copy);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet";
  button.textContent = "Copy the address";
  button.addEventListener("click", async () => {
    box.select();
    await navigator.clipboard.writeText(box.value);
    button.textContent = "Copied";
  });
  if (navigator.clipboard) place.replaceChildren(button);
}

// Each password box gets a button that shows what was typed; on sending it is hidden again.
for (const box of document.querySelectorAll("input[type=password]")) {
  const button = document.createElement("button");
  const verb = document.createElement("span");
  const what = document.createElement("span");
  button.type = "button";
  button.className = "link-button";
  what.className = "visually-hidden";
  what.textContent = ` ${box.labels[0].firstChild.textContent.trim()}`;
  button.append(verb, what);
  const show = (isShown) => {
    box.type = isShown ? "text" : "password";
    verb.textContent = isShown ? "Hide" : "Show";
  };
  button.addEventListener("click", () => show(box.type === "password"));
  box.form.addEventListener("submit", () => show(false));
  show(false);
  box.after(button);
}

// After an error the summary is read first.
document.querySelector(".error-summary")?.focus();

// Two minutes before the session ends: a warning, with a way to stay. Escape stays too.
const ends = document.querySelector("[data-session-ends]");
const warning = document.getElementById("session-warning");
if (ends && warning) {
  const stay = warning.querySelector("button");
  let timer;
  const arm = (end) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      warning.hidden = false;
      stay.focus();
    }, Math.max(0, end - Date.now() - 120000));
  };
  const staySignedIn = async () => {
    await fetch(ends.dataset.stay, { method: "POST", headers: { "X-CSRFToken": ends.dataset.csrf } });
    warning.hidden = true;
    arm(Date.now() + 1800000);
  };
  stay.addEventListener("click", staySignedIn);
  warning.addEventListener("keydown", (event) => event.key === "Escape" && staySignedIn());
  arm(Date.parse(ends.dataset.sessionEnds));
}

// An open page hears within a minute that the closing of registration was moved.
const closing = document.querySelector("[data-closing]");
if (closing) {
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(closing.dataset.ask, { redirect: "error" }).catch(() => null);
    const now = answer?.ok ? await answer.json() : {};
    if (!now.closing || now.closing === closing.dataset.closing) return;
    closing.dataset.closing = now.closing;
    closing.className = "panel panel-attention no-print";
    closing.textContent = now.sentence;
  }, 50000);
}
