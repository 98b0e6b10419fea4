/** Where text is written to: a stream, or whatever stands for one in a test. */
export interface Sink {
    write(text: string): unknown;
    readonly isTTY?: boolean;
    readonly columns?: number;
}

/** Standard error: the messages, what programs print, and on a terminal a last line that says what is under way. */
export class Messages {
    private readonly timer: NodeJS.Timeout;
    private latest = "";
    private patient = true;
    private live = false;
    private midLine = false;

    /** @param patience how long work may take before anything is said of it, in milliseconds */
    constructor(
        private readonly sink: Sink,
        patience = 2000,
    ) {
        this.timer = setTimeout(() => {
            this.patient = false;
            this.show();
        }, patience);
        // A process that has nothing else to do need not wait.
        this.timer.unref();
    }

    /** Writes a text as it is. */
    print(text: string): void {
        this.clear();
        this.sink.write(text);
        this.midLine = !text.endsWith("\n");
        if (!this.midLine) this.show();
    }

    /** Writes a line of its own. */
    line(text: string): void {
        this.print(`${this.midLine ? "\n" : ""}${text}\n`);
    }

    /** Says what is under way, if it takes long. */
    progress(text: string): void {
        this.latest = text;
        this.show();
    }

    /** Leaves nothing of the last line. */
    end(): void {
        clearTimeout(this.timer);
        this.clear();
        this.patient = true;
    }

    private show(): void {
        if (this.patient || this.midLine || this.latest === "" || this.sink.isTTY !== true) return;
        this.clear();
        this.sink.write(`${this.latest} …`.slice(0, (this.sink.columns ?? 80) - 1));
        this.live = true;
    }

    private clear(): void {
        if (this.live) this.sink.write("\r\u001b[K");
        this.live = false;
    }
}
