// A rectangle of the screen, for a fragment shader to fill.
//   box_in_clip   left, bottom, right, top in clip coordinates [-1, 1]
uniform vec4 box_in_clip;

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);   // a strip of two triangles, no buffer needed
  gl_Position = vec4(mix(box_in_clip.xy, box_in_clip.zw, corner), 0.0, 1.0);
}
