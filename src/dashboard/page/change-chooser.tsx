/** Whether the map says too what opened, closed or moved since the period before. */
import type { ChooserProps } from '../map/layer.ts';
import { say } from '../words/words.ts';

export function ChangeChooser({ view, change }: ChooserProps) {
  return (
    <div className="chooser">
      <label className="radio">
        <input
          type="checkbox"
          name="changes"
          checked={view.changes}
          onChange={({ target: { checked } }) => change({ changes: checked })}
        />{' '}
        {say('cluster.changes')}
      </label>
    </div>
  );
}
