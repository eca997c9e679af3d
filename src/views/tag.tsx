import './tag.css';

/** What the letter of a rule stands for. */
const TAGS: Readonly<Record<string, string>> = {
  H: 'promised by the header vmkapi_mapping.h',
  A: 'required by the x86-64 architecture',
  E: 'evidence from public material; not promised',
  M: 'a choice of our model',
};

interface TagProps {
  readonly tag: string;
  readonly source: string;
}

/** The ground that a rule or an explanation stands on, and where to read it. */
export function Tag({ tag, source }: TagProps) {
  return (
    <small className="ground" title={`${tag}: ${TAGS[tag] ?? ''}. ${source}`}>
      <b>{tag}</b> {source}
    </small>
  );
}
