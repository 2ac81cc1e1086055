// @ts-check
import { h } from '../base/dom.js';

/**
 * Lets the user choose a picture file; does not call back when the dialog is cancelled.
 * @param {(photo: Blob) => void} onChosen
 */
export function choosePhoto(onChosen) {
  const input = h('input', { type: 'file', accept: 'image/png,image/jpeg' });
  input.addEventListener('change', () => {
    const photo = input.files?.[0];
    if (photo !== undefined) onChosen(photo);
  });
  input.click();
}

const WIDTH = 480;
const HEIGHT = 320;

/**
 * A generated picture of hills and a sun, different each time.
 * @param {(photo: Blob) => void} onDrawn
 */
export function drawSample(onDrawn) {
  const canvas = h('canvas', { width: WIDTH, height: HEIGHT });
  const brush = canvas.getContext('2d');
  if (brush === null) return;
  const hue = Math.floor(Math.random() * 360);
  const sky = brush.createLinearGradient(0, 0, 0, HEIGHT);
  sky.addColorStop(0, `hsl(${hue} 60% 55%)`);
  sky.addColorStop(1, `hsl(${hue + 50} 70% 80%)`);
  brush.fillStyle = sky;
  brush.fillRect(0, 0, WIDTH, HEIGHT);
  brush.fillStyle = 'rgb(255 255 255 / 0.85)';
  brush.beginPath();
  brush.arc(WIDTH * (0.2 + 0.6 * Math.random()), 90, 34, 0, 2 * Math.PI);
  brush.fill();
  for (const depth of [0, 1, 2]) hill(brush, depth, `hsl(${hue + 150} 30% ${46 - 13 * depth}%)`);
  canvas.toBlob((photo) => {
    if (photo !== null) onDrawn(photo);
  }, 'image/png');
}

/**
 * @param {CanvasRenderingContext2D} brush
 * @param {number} depth
 * @param {string} colour
 */
function hill(brush, depth, colour) {
  const base = HEIGHT * (0.55 + 0.15 * depth);
  const shift = Math.random() * 6;
  brush.fillStyle = colour;
  brush.beginPath();
  brush.moveTo(0, HEIGHT);
  for (let x = 0; x <= WIDTH; x += 8) {
    brush.lineTo(x, base + 24 * Math.sin(x / (60 + 20 * depth) + shift));
  }
  brush.lineTo(WIDTH, HEIGHT);
  brush.fill();
}
