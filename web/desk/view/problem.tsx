import { Icon } from './icon.tsx';

/** What went wrong, told at once; nothing where nothing did. */
export function Problem({ text }: { text: string }) {
  return (
    <div role="alert">
      {text && (
        <p class="problem">
          <Icon name="fault" />
          <span>{text}</span>
        </p>
      )}
    </div>
  );
}
