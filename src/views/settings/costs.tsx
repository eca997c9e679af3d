import { COST_NAMES, COST_PROFILES, type CostProfileName } from '../../machine/cost';
import { COST_TEXT } from '../../machine/cost-text';
import { SHAPE_SETTING } from '../../machine/setting-text';
import { decimalGroups } from '../../base/number';
import { ChoiceAt, Says, useAt } from './form';

/** What things cost, and where each figure comes from. The figures belong to the profile. */
export function CostsSection() {
  const { value } = useAt<CostProfileName>(['config', 'costs']);
  const figures = COST_PROFILES[value];
  const texts = COST_TEXT[value];
  return (
    <>
      <div className="setting">
        <ChoiceAt label="Profile" path={['config', 'costs']} options={Object.keys(COST_PROFILES)} />
        <Says text={SHAPE_SETTING.costs} />
      </div>
      <table className="costs">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Cycles</th>
            <th scope="col">Source</th>
          </tr>
        </thead>
        <tbody>
          {COST_NAMES.map((name) => (
            <tr key={name}>
              <th scope="row">
                {texts[name].says} <code>{name}</code>
              </th>
              <td className="number">{decimalGroups(figures[name])}</td>
              <td>
                <span className="tag">{texts[name].tag}</span> {texts[name].source}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
