// The boxes of Spreadsheet validation as a sheet: arrows, the next error, and a column pasted at once. All inside boxes.

const sheet = document.querySelector("[data-sheet]");
const boxes = sheet ? [...sheet.querySelectorAll("[id^='cell-']")].filter((box) => box.matches("input[type=text], select")) : [];
const columnOf = (box) => box.id.replace(/^cell-\d+-/, "");
const inColumn = (box) => boxes.filter((other) => columnOf(other) === columnOf(box));
const failing = boxes.filter((box) => box.getAttribute("aria-invalid") === "true");

// What the keys do stands beneath the counts, where there is a script that heeds them.
const said = document.createElement("p");
const shown = document.createElement("p");
if (boxes.length) {
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.textContent =
    "F8 goes to the next error and Shift+F8 to the one before. In a box, the arrows up and down go to the same column " +
    "of the row above or below. A column that you copied from a sheet can be pasted into the first of its boxes.";
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  shown.className = "sheet-says";
  sheet.prepend(hint, said);
}

const go = (box) => {
  if (!box) return false;
  box.focus();
  if (box.select) box.select();
  return true;
};

const step = (list, box, by) => list[list.indexOf(box) + by];

const onKey = (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const box = event.currentTarget;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  let target;
  if (event.key === "F8") {
    const others = event.shiftKey ? [...boxes].reverse() : boxes;
    target = others.slice(others.indexOf(box) + 1).find((other) => failing.includes(other));
  } else if (by && !event.shiftKey && box.tagName === "INPUT") {
    target = step(inColumn(box), box, by);
  } else {
    return;
  }
  if (go(target) || event.key === "F8") event.preventDefault();
};

// F8 from anywhere else on the page goes to the first error, Shift+F8 to the last.
const onKeyOutside = (event) => {
  if (event.key !== "F8" || event.altKey || event.ctrlKey || event.metaKey || boxes.includes(event.target)) return;
  if (go(event.shiftKey ? failing[failing.length - 1] : failing[0])) event.preventDefault();
};

// The text of a cell as its box can hold it: of a choice, the one that has these words.
const put = (box, text) => {
  if (box.tagName === "SELECT") {
    const option = [...box.options].find((each) => each.value.toLowerCase() === text.toLowerCase());
    if (!option) return false;
    box.value = option.value;
  } else {
    box.value = text;
  }
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
};

const inWords = (filled, unfilled, left, hasMore) => {
  const cells = `${filled} ${filled === 1 ? "box is" : "boxes are"} filled and not saved yet.`;
  const odd = unfilled ? ` ${unfilled} ${unfilled === 1 ? "line is" : "lines are"} none of the choices.` : "";
  const rest = left ? ` ${left} ${left === 1 ? "line was" : "lines were"} left over: no more boxes of this column are on this page.` : "";
  const more = hasMore ? " Only the first of the columns was taken." : "";
  return cells + odd + rest + more;
};

const onPaste = (event) => {
  const lines = event.clipboardData.getData("text").replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  if (lines.length < 2) return;
  event.preventDefault();
  const column = inColumn(event.currentTarget);
  const below = column.slice(column.indexOf(event.currentTarget));
  const texts = lines.slice(0, below.length).map((line) => line.split("\t")[0].trim());
  const filled = texts.filter((text, place) => put(below[place], text)).length;
  const hasMore = lines.some((line) => line.includes("\t"));
  said.textContent = inWords(filled, texts.length - filled, lines.length - texts.length, hasMore);
  shown.textContent = said.textContent;
  event.currentTarget.after(shown);
};

document.addEventListener("keydown", onKeyOutside);
for (const box of boxes) {
  box.addEventListener("keydown", onKey);
  box.addEventListener("paste", onPaste);
}
