// Who reads files for the page: a worker, or the page itself where there is none that can be trusted.

/** Reads one file at a time with the script at `address`. */
export class Reader {
  constructor(address) {
    this.address = address;
    this.worker = null;
    this.settle = null;
  }

  /** {reading} or {fault}; {stopped: true} after `stop`. Rejects where the script cannot be had. */
  async read(file) {
    if (!this.worker && !self.readPictureFile) {
      const started = await this.startWorker();
      if (started.stopped) return started;
      if (!started.trusted) await this.loadHere();
    }
    if (!this.worker) return self.readPictureFile(file);
    return this.ask(() => this.worker.postMessage(file), { fault: "unreadable" });
  }

  /** Give up the file that a worker reads; the page itself cannot be interrupted. */
  stop() {
    this.end({ stopped: true });
  }

  async startWorker() {
    if (typeof Worker === "undefined" || typeof OffscreenCanvas === "undefined") return { trusted: false };
    const answer = await this.ask(() => (this.worker = new Worker(this.address)), { trusted: false });
    if (!answer.trusted) this.end(answer);
    return answer;
  }

  /** The worker's next message; `otherwise` where it breaks. */
  ask(begin, otherwise) {
    return new Promise((resolve) => {
      this.settle = resolve;
      try {
        begin();
        this.worker.onmessage = (event) => resolve(event.data);
        this.worker.onerror = () => this.end(otherwise);
      } catch {
        this.end(otherwise);
      }
    });
  }

  end(answer) {
    if (this.worker) this.worker.terminate();
    this.worker = null;
    if (this.settle) this.settle(answer);
  }

  loadHere() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = this.address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }
}
