// The page that waits for the reading of a file: it asks every two seconds, for ten minutes, and leads on when it is done.

const told = document.querySelector("[data-progress]");
if (told) {
  const end = Date.now() + 600000;
  const ask = async () => {
    const answer = await fetch(told.dataset.progress, { redirect: "error" }).catch(() => null);
    const now = answer?.ok ? await answer.json().catch(() => ({})) : {};
    if (now.next) {
      location.assign(now.next);
      return;
    }
    if (now.progress && now.progress !== told.textContent) told.textContent = now.progress;
    if (Date.now() < end) setTimeout(ask, 2000);
  };
  setTimeout(ask, 2000);
}
