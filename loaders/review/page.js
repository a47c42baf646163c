"use strict";
// Lights what belongs together: the passages of a value, the values of a passage.
(() => {
  const all = [...document.querySelectorAll("[data-p]")];
  const of = (e) => e.dataset.p.split(" ").filter(Boolean);
  let pinned = null;
  const light = (e) => {
    // Of passages within one another, the shortest comes first and is meant.
    const on = e ? (e.matches("mark") ? of(e).slice(0, 1) : of(e)) : [];
    for (const x of all) x.classList.toggle("lit", x === e || on.some((n) => of(x).includes(n)));
    return on;
  };
  const over = (e) => e.target.closest?.("[data-p]");
  const show = (e, on) => {
    const other = e.closest(".text") ? ".record li.lit" : '.words [id="p' + on[0] + '"]';
    document.querySelector(other)?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };
  const enter = (ev) => light(over(ev) || pinned);
  addEventListener("pointerover", enter);
  addEventListener("focusin", enter);
  addEventListener("click", (ev) => {
    const e = over(ev);
    pinned = e === pinned ? null : e;
    if (e && of(e).length) show(e, light(e));
  });
  addEventListener("keydown", (ev) => {
    if (ev.key === "Escape") light((pinned = null));
  });
})();
