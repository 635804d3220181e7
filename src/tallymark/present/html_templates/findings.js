"use strict";
// The page is whole without this: it adds the choice of findings, draws the cells around
// those that are not drawn yet, and opens everything for print.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const MOST_PRINTED = 2000;
  const MOST_OPENED = 200;

  // Pictures: the same as in findings.html, from the same cells.

  let cells = null;

  function numbers(ranges) {
    return ranges.split(",").flatMap((range) => {
      const [first, last] = range.split("-").map(Number);
      return Array.from({ length: (last ?? first) - first + 1 }, (_, n) => first + n);
    });
  }

  function withGaps(several) {
    return several.flatMap((number, n) =>
      n && number > several[n - 1] + 1 ? [null, number] : [number]);
  }

  function add(parent, tag, attributes = {}, text = "") {
    const element = document.createElement(tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    if (text) element.append(text);
    parent.append(element);
    return element;
  }

  function addHeader(parent, scope, name) {
    if (name === "") add(parent, "td");
    else add(parent, "th", { scope }, name ?? "…");
  }

  function spansOf(merged, rows, columns) {
    const spans = new Map();
    const covered = new Set();
    for (const [top, left, bottom, right, text] of merged) {
      const down = rows.flatMap((row, i) => row !== null && top <= row && row <= bottom ? [i] : []);
      const across = columns.flatMap((c, j) => c !== null && left <= c && c <= right ? [j] : []);
      if (!down.length || !across.length) continue;
      const places = [];
      for (let i = down[0]; i <= down.at(-1); i++) {
        for (let j = across[0]; j <= across.at(-1); j++) places.push(`${i}.${j}`);
      }
      if (places.some((place) => covered.has(place))) continue;
      places.forEach((place) => covered.add(place));
      const span = { top, left, bottom, right, text };
      if (down.at(-1) > down[0]) span.rowspan = down.at(-1) - down[0] + 1;
      if (across.at(-1) > across[0]) span.colspan = across.at(-1) - across[0] + 1;
      spans.set(places[0], span);
    }
    return { spans, covered };
  }

  function addCell(row, text, mark, span = {}) {
    const attributes = mark ? { class: mark } : {};
    for (const name of ["rowspan", "colspan"]) if (span[name]) attributes[name] = span[name];
    const cell = add(row, "td", attributes);
    if (mark === "mark") add(cell, "span", { class: "unseen" }, "Here: ");
    cell.append(mark === "mark" ? text || "(empty)" : text);
  }

  function listed(marks) {
    return marks ? marks.split(",").map((mark) => mark.split(".").map(Number)) : [];
  }

  function markOf(marked, areas, top, left, bottom, right) {
    if (marked.some(([r, c]) => top <= r && r <= bottom && left <= c && c <= right)) return "mark";
    const isWithin = areas.some(([a, b, c, d]) => a <= bottom && top <= c && b <= right && left <= d);
    return isWithin ? "area" : "";
  }

  function picture(told, around) {
    cells ??= JSON.parse(one("#cells").textContent);
    const [number, rowRanges, columnRanges, marks, rectangles] = told.split(";");
    const excerpt = cells[number];
    const rows = withGaps(numbers(rowRanges));
    const columns = withGaps(numbers(columnRanges));
    const places = new Map(excerpt.columns.map((column, n) => [column, n]));
    const marked = listed(marks);
    const areas = listed(rectangles);
    const { spans, covered } = spansOf(excerpt.merged, rows, columns);
    const frame = document.createElement("div");
    const named = { class: "picture", role: "group", tabindex: "0", "aria-label": `Cells around ${around}` };
    for (const name in named) frame.setAttribute(name, named[name]);
    const table = add(frame, "table");
    const head = add(add(table, "thead"), "tr");
    add(head, "td");
    for (const c of columns) {
      addHeader(head, "col", c === null ? null : excerpt.columnNames[places.get(c)]);
    }
    const body = add(table, "tbody");
    rows.forEach((row, i) => {
      const kind = row === null ? "gap" : excerpt.heads.includes(row) ? "head" : "";
      const line = add(body, "tr", kind ? { class: kind } : {});
      addHeader(line, "row", row === null ? null : excerpt.rowNames[row]);
      columns.forEach((column, j) => {
        const span = spans.get(`${i}.${j}`);
        if (span) {
          const { top, left, bottom, right } = span;
          addCell(line, span.text, markOf(marked, areas, top, left, bottom, right), span);
        } else if (!covered.has(`${i}.${j}`)) {
          const isThere = row !== null && column !== null;
          const text = isThere ? excerpt.rows[row][places.get(column)] : "";
          addCell(line, text, isThere ? markOf(marked, areas, row, column, row, column) : "");
        }
      });
    });
    return frame;
  }

  // A picture takes a stop of the Tab key only where it can be scrolled; its first marked
  // cell comes into view.
  const sizes = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      if (target.scrollWidth > target.clientWidth) {
        target.setAttribute("tabindex", "0");
        const mark = one(".mark", target);
        if (mark) target.scrollLeft = mark.offsetLeft + mark.offsetWidth - target.clientWidth + 8;
      } else {
        target.removeAttribute("tabindex");
      }
    }
  });

  function drawPictures(entry) {
    const { pictures, around } = entry.dataset;
    if (!pictures) return;
    delete entry.dataset.pictures;
    views.unobserve(entry);
    const place = entry.querySelector("dl");
    const frames = pictures.split("|").map((told) => picture(told, around));
    place.after(...frames);
    frames.forEach((frame) => sizes.observe(frame));
  }

  const views = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting) drawPictures(target);
  }, { rootMargin: "800px" });

  // What is folded stands in noscript, as text, until it is wanted.
  function unfold(root) {
    for (const folded of all("noscript.folded", root)) {
      const holder = document.createElement("template");
      holder.innerHTML = folded.textContent;
      folded.replaceWith(holder.content);
    }
  }

  function watch(root) {
    for (const entry of all(".entry[data-pictures]", root)) {
      if (!entry.closest("details:not([open])")) views.observe(entry);
    }
  }

  // Choosing findings.

  const bar = one(".filters");
  const count = one("#count");
  let groups = null;

  function haystack(element) {
    return element.textContent.toLowerCase();
  }

  function readGroups() {
    unfold(document);
    groups = all(".group").map((element) => ({
      element,
      severity: element.dataset.severity,
      check: element.dataset.check,
      sheet: element.closest(".sheet").dataset.place,
      file: element.closest(".file").dataset.place,
      n: Number(element.dataset.n),
      texts: null,
      isCut: false,
    }));
  }

  function readTexts(group) {
    const entries = all(".entry", group.element);
    const shared = all(".shared, h3, h4, .slug", group.element).map(haystack).join(" ");
    const file = haystack(one("summary", group.element.closest(".file")));
    const sheet = haystack(one("h3", group.element.closest(".sheet")) ?? file);
    group.texts = entries.map((element) => ({
      element,
      n: Number(element.dataset.n),
      text: [file, sheet, shared, haystack(element)].join(" "),
    }));
  }

  function cut(group, words) {
    if (!words.length && !group.isCut) return group.n;
    if (group.texts === null) readTexts(group);
    let n = 0;
    const shown = new Map();
    for (const { element, text, n: own } of group.texts) {
      const fits = words.every((word) => text.includes(word));
      if (element.hidden === fits) element.hidden = !fits;
      if (fits) {
        n += own;
        shown.set(element.parentElement, (shown.get(element.parentElement) ?? 0) + 1);
      }
    }
    group.isCut = words.length > 0;
    for (const more of all(".more", group.element)) {
      const m = shown.get(one(".entries", more)) ?? 0;
      more.hidden = !m;
      one(".n", more).textContent = m.toLocaleString("en");
    }
    return n;
  }

  function choose() {
    if (groups === null) readGroups();
    const severities = new Set(all("[name=severity]:checked", bar).map((box) => box.value));
    const place = one("#place").value;
    const check = one("#check").value;
    const words = one("#words").value.toLowerCase().split(/\s+/).filter(Boolean);
    const total = groups.reduce((sum, group) => sum + group.n, 0);
    const nOf = new Map();
    let n = 0;
    for (const group of groups) {
      const fits = severities.has(group.severity) && (!check || check === group.check) &&
        (!place || place === group.file || place === group.sheet);
      const own = fits ? cut(group, words) : 0;
      group.element.hidden = own === 0;
      for (const key of [group.file, group.sheet]) nOf.set(key, (nOf.get(key) ?? 0) + own);
      n += own;
    }
    for (const element of all(".file, .sheet")) {
      element.hidden = !nOf.get(element.dataset.place);
    }
    const isChosen = n < total;
    for (const questions of all(".questions")) questions.hidden = isChosen;
    if (isChosen && n <= MOST_OPENED) {
      for (const group of groups) {
        if (!group.element.hidden) {
          for (let at = group.element.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
          if (group.isCut) all(".more:not([hidden])", group.element).forEach((more) => { more.open = true; });
        }
      }
    }
    document.body.classList.toggle("is-chosen", isChosen);
    tell(n, total);
  }

  function tell(n, total) {
    const told = (k) => k.toLocaleString("en");
    if (n === total) count.textContent = total === 1 ? "The one finding is shown." : `All ${told(total)} findings are shown.`;
    else if (n === 0) count.textContent = `None of ${told(total)} findings fits.`;
    else count.textContent = `${told(n)} of ${told(total)} findings ${n === 1 ? "is" : "are"} shown.`;
  }

  function showAll() {
    for (const box of all("[name=severity]", bar)) box.checked = true;
    for (const field of ["#place", "#check", "#words"]) one(field).value = "";
    choose();
  }

  if (bar) {
    let waiting = 0;
    // A browser may bring back what was chosen before a reload.
    for (const field of all("input, select", bar)) field.autocomplete = "off";
    bar.hidden = false;
    bar.addEventListener("change", choose);
    one("#words").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(choose, 200);
    });
    one("#all").addEventListener("click", showAll);
    const total = Number(count.dataset.n);
    tell(total, total);
  }

  // Print shows what is folded, and draws what is not drawn yet if it is not too much.

  let folded = [];
  addEventListener("beforeprint", () => {
    unfold(document);
    folded = all("details:not([open])");
    folded.forEach((details) => { details.open = true; });
    all(".entry[data-pictures]").slice(0, MOST_PRINTED).forEach(drawPictures);
  });
  addEventListener("afterprint", () => {
    folded.forEach((details) => { details.open = false; });
  });

  document.addEventListener("toggle", ({ target }) => {
    if (!target.open) return;
    unfold(target);
    watch(target);
  }, true);
  all(".picture").forEach((frame) => sizes.observe(frame));
  watch(document);
})();
