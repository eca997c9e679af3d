import { converted } from './arithmetic';
import { refuse, type Place } from './mistake';
import type { Play } from './play';
import { addressOf, isAlike, typeText, type CType } from './types';
import { intOf, valueText, type IntValue, type PointerValue, type Value } from './value';

/** A value as something of this type holds it: cut off, or still to be asked for. */
export function fitted(play: Play, type: CType, value: Value, at: Place): Value {
  if (type.kind === 'int') return fittedInt(play, type, value, at);
  const fits =
    type.kind === 'pointer'
      ? value.kind === 'pointer' || value.kind === 'va' || value.kind === 'int'
      : type.kind === 'handle' && (value.kind === 'int' ? value.value === 0n : isNamed(value, 'handle'));
  if (!fits) return wrong(type, value, at);
  if (type.kind !== 'pointer') return value;
  if (value.kind === 'pointer') return seen(value, type.to);
  const held = addressOf(type.to);
  return value.kind === 'int'
    ? intOf(held, value.value, value.near)
    : value.kind === 'va'
      ? { ...value, type: held }
      : value;
}

/** A pointer as one to values of this type. */
const seen = ({ kind, to, index }: PointerValue, of: CType): PointerValue => ({
  kind,
  to,
  index,
  cast: !isAlike(of, to.of),
});

function fittedInt(play: Play, type: IntValue['type'], value: Value, at: Place): Value {
  switch (value.kind) {
    case 'int':
      return converted(type, value);
    case 'va':
      return type.bits === 64 ? { ...value, type } : converted(type, play.number(value, at));
    case 'answer':
      return type.bits >= value.type.bits ? { ...value, type } : converted(type, play.number(value, at));
    case 'named':
      if (value.type.kind === 'handle') return wrong(type, value, at);
      return type.bits === 32 ? value : converted(type, play.number(value, at));
    default:
      return type.to ? seen(value, type.to) : wrong(type, value, at);
  }
}

const isNamed = (value: Value, kind: CType['kind']): boolean => value.kind === 'named' && value.type.kind === kind;

const wrong = (type: CType, value: Value, at: Place): never =>
  refuse(at, `must get ${typeText(type)}, not ${valueText(value)}`);
