// Which groups of places stay open is remembered on this device; the one of the page that is shown always is.
const KEY = "rail";

/** @returns {string[]} */
const kept = () => (localStorage.getItem(KEY) ?? "").split(" ").filter(Boolean);

for (const group of document.querySelectorAll(".rail .group")) {
  if (!(group instanceof HTMLDetailsElement)) continue;
  const name = group.dataset.group ?? "";
  if (kept().includes(name)) group.open = true;
  group.querySelector("summary")?.addEventListener("click", () => {
    const others = kept().filter((one) => one !== name);
    localStorage.setItem(KEY, (group.open ? others : [...others, name]).join(" ")); // as it was before the click
  });
}

/** The place that is shown comes into view, however many groups are open. */
export function showPlace() {
  document.querySelector(".rail [aria-current=page]")?.scrollIntoView({ block: "nearest" });
}
