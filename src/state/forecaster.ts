import type { EngineClient } from '../engine/client';
import type { Act, Reading } from './draft';
import type { SessionStore } from './session';
import type { ViewStore } from './view';

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
    this.session.setState({ forecast: { act, problems: {} } });
    this.schedule();
  }

  schedule(): void {
    this.stop();
    this.timer = setTimeout(() => void this.foretell(), FORECAST_DELAY_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.asked++;
  }

  private async foretell(): Promise<void> {
    const { act } = this.session.getState().forecast;
    const reading = this.read(act);
    if (!('op' in reading)) {
      this.session.setState({ forecast: { act, problems: reading.problems } });
      return;
    }
    const question = ++this.asked;
    const { step } = this.view.getState();
    const answer = await this.client.predict(step, reading.op);
    if (question !== this.asked) return;
    // Another question of the same kind took its place; this one still wants an answer.
    if (answer.kind === 'superseded') return this.schedule();
    const prediction = answer.kind === 'prediction' ? answer.prediction : undefined;
    this.session.setState({ forecast: { act, prediction, problems: {} } });
  }
}
