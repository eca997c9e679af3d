import { COMMANDS, type Command } from '../commands';
import { keysOf } from '../keys';
import { useExplorer, useView } from '../use-explorer';
import { Modal } from './modal';

const GROUPS: readonly Command['group'][] = ['Time', 'Scenario', 'Lesson', 'Page', 'Panels'];

/** Every key, and a switch for those that are a single letter, digit or sign. */
export function KeyMap({ onClose }: { readonly onClose: () => void }) {
  const explorer = useExplorer();
  const singleKeys = useView((view) => view.singleKeys);
  return (
    <Modal label="Keys" id="keys" onClose={onClose}>
      <label className="switch">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => explorer.setSingleKeys(event.target.checked)}
        />
        Single letters, digits and signs are shortcuts
      </label>
      <p className="hint">They rest while you type. Space, arrows and keys with {keysOf('Mod')[0]} always work.</p>
      <div className={`key-groups${singleKeys ? '' : ' no-single'}`}>
        {GROUPS.map((group) => (
          <section key={group} aria-labelledby={`keys-${group}`}>
            <h3 id={`keys-${group}`}>{group}</h3>
            <dl>
              {COMMANDS.filter((command) => command.group === group && command.keys.length > 0).map((command) => (
                <div key={command.id}>
                  <dt>{command.title}</dt>
                  <dd>
                    <Chords keys={command.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

/** Chords as they stand on the keys, with “or” between them. */
export function Chords({ keys }: { readonly keys: readonly string[] }) {
  return keys.map((chord, i) => (
    <span key={chord} className="chord">
      {i > 0 && <span className="or"> or </span>}
      {keysOf(chord).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  ));
}
