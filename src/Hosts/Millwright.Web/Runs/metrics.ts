// <mw-metrics src="/api/runs/ID/events">: follows a run's events and lets the chart's table grow by every metric that a step reports.
interface RunEvent { kind: string; text?: string; value?: number; iteration?: number }

class Metrics extends HTMLElement {
  #stop = new AbortController();

  connectedCallback(): void {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => void this.#follow(), { once: true });
    else void this.#follow();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  async #follow(): Promise<void> {
    const table = this.querySelector("table");
    if (!table) return;
    try {
      const answer = await fetch(this.getAttribute("src")!, { signal: this.#stop.signal });
      const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const lines = (rest + part.value).split("\n");
        rest = lines.pop()!;
        for (const line of lines.filter(text => text.length > 0)) this.#take(table, JSON.parse(line) as RunEvent);
      }
    } catch {
      // The reader went away, or the server did; the page shows what has come so far.
    }
  }

  #take(table: HTMLTableElement, happened: RunEvent): void {
    if (happened.kind !== "stepMetric" || happened.text === undefined || happened.value === undefined || happened.value === null) return;
    const column = this.#column(table, happened.text);
    const iteration = String(happened.iteration ?? 0);
    const body = table.tBodies[0]!;
    let row = [...body.rows].find(one => one.cells[0]!.textContent === iteration);
    if (!row) {
      row = body.insertRow();
      row.insertCell().textContent = iteration;
    }
    while (row.cells.length <= column) row.insertCell().className = "num";
    const cell = row.cells[column]!;
    cell.dataset.value = String(happened.value);
    cell.textContent = String(Number(happened.value.toPrecision(4)));
  }

  #column(table: HTMLTableElement, name: string): number {
    const heads = table.tHead!.rows[0]!;
    const at = [...heads.cells].findIndex((head, index) => index > 0 && head.textContent === name);
    if (at > 0) return at;
    const head = document.createElement("th");
    head.scope = "col";
    head.className = "num";
    head.textContent = name;
    heads.append(head);
    return heads.cells.length - 1;
  }
}

customElements.define("mw-metrics", Metrics);
