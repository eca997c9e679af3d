import type { EngineClient } from '../engine/client';
import type { Prediction } from '../engine/picture';
import type { Act, Problems, Reading } from './draft';
import type { Forecast, SessionStore } from './session';
import type { ViewStore } from './view';

/** What the forecast reads the form with comes in one piece with it. */
export { readDraft } from './read-draft';

/** Typing is answered after it has paused for so long. */
export const FORECAST_DELAY_MS = 80;

/** Keeps the forecast in step with the form: what the considered button would do to the machine as it stands. */
export class Forecaster {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts questions; an answer to any but the last is old. */
  private asked = 0;

  constructor(
    private readonly client: EngineClient,
    private readonly session: SessionStore,
    private readonly view: ViewStore,
    private readonly read: (act: Act) => Reading,
  ) {}

  /** The button that is about to be pressed. */
  consider(act: Act): void {
    if (this.session.getState().forecast.act === act) return;
    this.tell({ act, problems: {} });
    this.schedule();
  }

  /** What keeps an operation from being made. */
  refuse(act: Act, problems: Problems): void {
    this.tell({ act, problems });
  }

  schedule(): void {
    this.stop();
    this.timer = setTimeout(() => void this.foretell(), FORECAST_DELAY_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.asked++;
  }

  /** What is known of the request in the form stays until it is known anew. */
  private tell(forecast: Omit<Forecast, 'refusal'>): void {
    this.session.setState((session) => ({ forecast: { ...forecast, refusal: session.forecast.refusal } }));
  }

  /** The considered button, then, if that is another, what the request would be refused for: its fields keep their marks. */
  private async foretell(): Promise<void> {
    const question = ++this.asked;
    const { act } = this.session.getState().forecast;
    const reading = this.read(act);
    const known = await this.predict(reading, question);
    if (!known) return;
    const { prediction } = known;
    this.tell({ act, prediction, problems: reading.problems ?? {} });
    const mapped = act === 'map' ? known : await this.predict(this.read('map'), question);
    if (!mapped) return;
    const { field, says = '' } = mapped.prediction?.outcome ?? {};
    const refusal = field === undefined ? undefined : { field, says };
    this.session.setState(({ forecast }) => ({ forecast: { ...forecast, refusal } }));
  }

  /** Undefined when another question took its place. */
  private async predict(
    reading: Reading,
    question: number,
  ): Promise<{ readonly prediction: Prediction | undefined } | undefined> {
    if (!('op' in reading)) return { prediction: undefined };
    const answer = await this.client.predict(this.view.getState().step, reading.op);
    if (question !== this.asked) return undefined;
    if (answer.kind === 'prediction') return answer;
    // Another question of the same kind took its place; this one still wants an answer.
    if (answer.kind === 'superseded') this.schedule();
    return answer.kind === 'superseded' ? undefined : { prediction: undefined };
  }
}
