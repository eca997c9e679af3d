import './timeline.css';
import { decimalGroups } from '../../base/number';
import { Icon, type IconName } from '../icons';
import { Choice } from '../field';
import { Fold } from '../panel';
import type { TimelineProps } from './props';

/** Where the playhead is, and everything that moves it. It moves through time; it never changes the scenario. */
export function Timeline(props: TimelineProps) {
  const { step, last, time, narration, playing, notice, speed, speeds, children } = props;
  return (
    <section className="panel panel-timeline" aria-label="Timeline" ref={makeRoom}>
      <div className="transport">
        <Controls {...props} />
        <p className="position">
          step <b>{decimalGroups(step)}</b> of {decimalGroups(last)}
          <span>{decimalGroups(time)} cycles</span>
        </p>
        <p className="narration" title={narration} aria-live={playing ? 'off' : 'polite'}>
          {narration}
        </p>
        {notice !== undefined && (
          <p className="notice" role="alert">
            {notice}
          </p>
        )}
        <Choice
          label="Speed"
          className="speed"
          value={speed}
          options={speeds}
          name={(n) => `${n}×`}
          onChoose={props.onSpeed}
        />
        <Fold />
      </div>
      {children}
    </section>
  );
}

/** The bar lies over the page: what is scrolled to must end up above it. */
function makeRoom(bar: HTMLElement | null): () => void {
  const observer = new ResizeObserver(() =>
    document.documentElement.style.setProperty('--bar', `${bar!.offsetHeight}px`),
  );
  observer.observe(bar!);
  return () => observer.disconnect();
}

function Controls({ step, last, playing, onPlay, onPause, onStep, onOperation }: TimelineProps) {
  const button = (name: string, icon: IconName, disabled: boolean, onClick: () => void, keys: string) => (
    <button
      type="button"
      className="icon-only"
      aria-label={name}
      title={`${name} (${keys})`}
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onClick}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <div className="controls" role="group" aria-label="Playback">
      {button('Previous operation', 'previous', step === 0, () => onOperation(-1), '[')}
      {button('Step back', 'back', step === 0, () => onStep(-1), '←')}
      <button type="button" className="primary play" title="Space" onClick={playing ? onPause : onPlay}>
        <Icon name={playing ? 'pause' : 'play'} /> {playing ? 'Pause' : 'Play'}
      </button>
      {button('Step forward', 'forward', step >= last, () => onStep(1), '→')}
      {button('Next operation', 'next', step >= last, () => onOperation(1), ']')}
    </div>
  );
}
