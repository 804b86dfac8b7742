import { button, el } from '../isolated/el.ts';
import { readFrame } from './read-picture.ts';

/** Milliseconds between two looks: a code on the other screen stands for longer. */
const pause = 120;

/**
 * A camera that is on only after it was asked for and only until it is stopped. What it sees stays on
 * this page: nothing of it is kept or sent but the text of a code.
 *
 * @param seen told each text that differs from the one before.
 */
export function cameraView(seen: (text: string) => void) {
  const says = el('p', { class: 'hint', role: 'status' });
  const video = el('video', {
    class: 'camera',
    hidden: true,
    'aria-label': 'What the camera sees',
  });
  video.muted = true;
  video.playsInline = true;
  let stream: MediaStream | undefined;
  let last = '';

  const stop = (): void => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    video.srcObject = null;
    video.hidden = true;
    toggle.textContent = 'Use the camera';
    says.textContent = '';
  };

  const look = (): void => {
    if (stream === undefined) return;
    const text = readFrame(video);
    if (text !== undefined && text !== last) {
      last = text;
      seen(text);
    }
    setTimeout(look, pause);
  };

  const start = async (): Promise<void> => {
    says.textContent = 'Looking for a camera…';
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: 'environment', width: { ideal: 1280 } },
      });
      video.srcObject = stream;
      await video.play();
    } catch {
      stop();
      says.textContent =
        'There is no camera that can be used here. A picture of the code, or its file, does as well.';
      return;
    }
    video.hidden = false;
    last = '';
    toggle.textContent = 'Turn the camera off';
    says.textContent = 'The camera is on. Hold the code before it, as large as it fits.';
    look();
  };

  const toggle = button('plain', 'Use the camera', () => {
    if (stream === undefined) void start();
    else stop();
  });
  window.addEventListener('pagehide', stop);
  return { node: el('div', { class: 'stack' }, video, el('div', {}, toggle), says), stop };
}
