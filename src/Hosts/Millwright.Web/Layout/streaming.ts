// Puts what the server streams after the first paint into its place: <blazor-ssr> templates go between <!--bl:N--> and <!--/bl:N-->.
class StreamEnd extends HTMLElement {
  connectedCallback(): void {
    const batch = this.parentElement;
    if (!batch) return;
    batch.remove();
    for (const template of batch.querySelectorAll<HTMLTemplateElement>(":scope > template[blazor-component-id]")) {
      place(template.getAttribute("blazor-component-id")!, template.content);
    }
  }
}

function place(id: string, content: DocumentFragment): void {
  const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  let start: Node | null = null;
  for (let comment = comments.nextNode(); comment; comment = comments.nextNode()) {
    if (comment.nodeValue === `bl:${id}`) start = comment;
    if (start && comment.nodeValue === `/bl:${id}`) {
      while (start.nextSibling && start.nextSibling !== comment) start.nextSibling.remove();
      comment.parentNode!.insertBefore(content, comment);
      return;
    }
  }
}

customElements.define("blazor-ssr-end", StreamEnd);
