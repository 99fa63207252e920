// <mw-live id="…" running>: while it runs, fetches the page again and takes over what changed in this part of it. The server renders the
// facts once, for the first sight and for every later one; the attribute "running" goes when there is nothing more to wait for.
const pause = 1500;

class Live extends HTMLElement {
  #timer = 0;

  connectedCallback(): void {
    this.#plan();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.hasAttribute("running")) this.#timer = window.setTimeout(() => void this.#refresh(), pause);
  }

  async #refresh(): Promise<void> {
    try {
      if (document.visibilityState === "visible") {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(this.id);
        if (next && answer.ok) {
          merge(this, next);
          this.toggleAttribute("running", next.hasAttribute("running"));
        }
      }
    } catch {
      // The server is away; the next round finds it again.
    }
    this.#plan();
  }
}

export function merge(old: Element, next: Element): void {
  const [before, after] = [[...old.children], [...next.children]];
  if (before.length !== after.length || before.some((child, at) => child.tagName !== after[at]!.tagName)) {
    if (!old.contains(document.activeElement)) old.replaceChildren(...next.childNodes);
    return;
  }
  before.forEach((child, at) => takeOver(child, after[at]!));
}

function takeOver(child: Element, next: Element): void {
  if (child.tagName === "MW-CHART") {
    // The drawn chart stays; it watches its table.
    const [old, fresh] = [child.querySelector("table"), next.querySelector("table")];
    if (old && fresh && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
  } else if (!child.isEqualNode(next)) {
    if (child.querySelector("mw-chart")) merge(child, next);
    // What somebody has ticked is not taken away under their hands.
    else if (!child.contains(document.activeElement) && !child.querySelector("input:checked")) child.replaceWith(next);
  }
}

customElements.define("mw-live", Live);
