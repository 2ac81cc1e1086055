import type { PlaceId } from './places.ts';

/** Where places are on the picture of the map, in its units of 1,000 by 700. */
export const mapPoints: Readonly<Record<PlaceId, readonly [x: number, y: number]>> = {
  start_village: [170, 380],
  crossroads: [330, 470],
  arena_city: [500, 610],
  river_ford: [110, 220],
  birch_wood: [290, 250],
  old_mill: [330, 620],
  hill_road: [500, 440],
  dark_forest: [430, 180],
  wolf_hollow: [590, 80],
  marsh_edge: [240, 90],
  quarry: [680, 560],
  watchtower: [620, 290],
  sunken_chapel: [90, 70],
  ash_fields: [810, 420],
  broken_gate: [790, 190],
  titan_stair: [920, 300],
};

/** Seconds for which the file of a picture is remembered. */
export const MAP_FILE_S = 30 * 86_400;
