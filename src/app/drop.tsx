import { useEffect, useState } from 'react';
import { useExplorer } from './use-explorer';

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** Files may be dropped anywhere on the page. */
export function Drop() {
  const explorer = useExplorer();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      // Or the browser would leave the page and show the file.
      event.preventDefault();
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent): void => {
      if (!relatedTarget) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      explorer.showDialog('open', [...(event.dataTransfer?.files ?? [])]);
    };
    const { documentElement: page } = document;
    page.addEventListener('dragover', drag);
    page.addEventListener('dragleave', leave);
    page.addEventListener('drop', drop);
    return () => {
      page.removeEventListener('dragover', drag);
      page.removeEventListener('dragleave', leave);
      page.removeEventListener('drop', drop);
    };
  }, [explorer]);
  return over && <p className="drop-hint">Drop the file to open it</p>;
}
