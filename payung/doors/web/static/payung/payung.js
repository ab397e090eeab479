// Small comforts. Every page works without them.
document.addEventListener("keydown", (event) => {
  const search = document.getElementById("search");
  if (search && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key === "Escape") {
    const open = event.target.closest("details[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  }
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
// A long sidebar, or a narrow one, shows where the reader is.
const here = [...document.querySelectorAll(".side [aria-current]")].pop();
const list = here?.closest(".side > ul");
list?.scrollTo(here.offsetLeft - list.clientWidth / 2, here.offsetTop - list.clientHeight / 2);
