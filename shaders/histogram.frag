// The bars of a weight histogram. One texel a bin, however many weights were counted.
//   bins             width = bins, height 1; red: height in [0, 1] of all weights, green: of those that pruning keeps
//   box              left, bottom, width, height in device pixels
//   least            device pixels that the lowest bar has
//   gap              device pixels between bars
//   inside           from where to where the grid reaches, as fractions of the width
//   bars, pruned, outside   colours, not premultiplied
uniform sampler2D bins;
uniform vec4 box;
uniform float least, gap;
uniform vec2 inside;
uniform vec4 bars, pruned, outside;
out vec4 colour;

// How much of this pixel a bar of that height covers.
float cover(float height, float y) { return height > 0.0 ? clamp(max(least, height * box.w) - y + 0.5, 0.0, 1.0) : 0.0; }

void main() {
  vec2 at = gl_FragCoord.xy - box.xy;
  int count = textureSize(bins, 0).x;
  float x = at.x / box.z * float(count);
  int bin = clamp(int(x), 0, count - 1);
  if (fract(x) * box.z / float(count) > box.z / float(count) - gap) discard;
  vec2 height = texelFetch(bins, ivec2(bin, 0), 0).rg;
  float middle = (float(bin) + 0.5) / float(count);
  vec4 kept = middle < inside.x || middle > inside.y ? outside : bars;
  float all_cover = cover(height.r, at.y), kept_cover = cover(height.g, at.y);
  colour = mix(vec4(pruned.rgb, pruned.a * all_cover), vec4(kept.rgb, kept.a), kept_cover);
}
