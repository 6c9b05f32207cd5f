// A spectrogram: one texel a band of a frame. Texels stand as they are, not blurred into each other: they are what a model reads.
//   levels          width = frames, height = bands, the lowest band first; red: level in [0, 1]
//   box             left, bottom, width, height in device pixels
//   windows, gap    how many windows the frames make; device pixels between two of them
//   cosine, sine    how red, green and blue turn with the angle: Green 2011, equation 2
//   turns           angle of level 0 and of level 1, in turns
//   hue             how strong the colours are; 0: grey
//   lightness       of level 0 and of level 1, in [0, 1]: even steps of level are even steps to the eye, in grey too
uniform sampler2D levels;
uniform vec4 box;
uniform float windows, gap, hue;
uniform vec3 cosine, sine;
uniform vec2 turns, lightness;
out vec4 colour;

void main() {
  vec2 at = gl_FragCoord.xy - box.xy;
  float each = (box.z - gap * (windows - 1.0)) / windows;   // width of a window
  float window = floor(at.x / (each + gap)), inside = (at.x - window * (each + gap)) / each;
  if (inside >= 1.0) discard;
  ivec2 size = textureSize(levels, 0);
  ivec2 texel = ivec2((window + inside) / windows * float(size.x), at.y / box.w * float(size.y));
  float level = texelFetch(levels, clamp(texel, ivec2(0), size - 1), 0).r;
  float light = mix(lightness.x, lightness.y, level), angle = 6.2831853 * mix(turns.x, turns.y, level);
  vec3 hued = light + hue * light * (1.0 - light) / 2.0 * (cosine * cos(angle) + sine * sin(angle));
  colour = vec4(clamp(hued, 0.0, 1.0), 1.0);
}
