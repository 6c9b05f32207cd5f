-- {{< edgewise hash="v=1&lab=quantize" title="The number line" alt="..." poster="quantize.png" >}}
--
-- In HTML the lab, its poster first; in PDF and everything else that stands still: the poster with a caption, and a link to the lab.
-- `site` is where Edgewise is served from; it may stand once for all in the document's metadata: `edgewise-site: https://example.org/edgewise/`.

local function text(value)
  return value and pandoc.utils.stringify(value) or ""
end

local function escape(words)
  return (words:gsub("&", "&amp;"):gsub('"', "&quot;"):gsub("<", "&lt;"):gsub(">", "&gt;"))
end

local function is_html()
  return quarto.doc.is_format("html:js")
end

local function edgewise(args, kwargs, meta)
  local site = text(kwargs["site"]) ~= "" and text(kwargs["site"]) or text(meta["edgewise-site"])
  local hash, title, alt, poster = text(kwargs["hash"]), text(kwargs["title"]), text(kwargs["alt"]), text(kwargs["poster"])
  if hash == "" and args[1] then hash = "v=1&lab=" .. text(args[1]) end
  if site == "" then error("edgewise: where is it served from? Add `edgewise-site: https://...` to the metadata, or site=\"...\" to the shortcode.") end
  if hash == "" or title == "" then error("edgewise: hash and title are needed, e.g. {{< edgewise hash=\"v=1&lab=quantize\" title=\"The number line\" >}}") end
  if not site:match("/$") then site = site .. "/" end
  local address = site .. "index.html#" .. hash
  if is_html() then
    local inside = poster ~= "" and ('<img src="%s" alt="%s" style="width:100%%">'):format(escape(poster), escape(alt)) or escape(title)
    return pandoc.RawBlock("html", ('<script src="%sembed.js"></script><edgewise-lab title="%s" hash="%s"><a href="%s">%s</a></edgewise-lab>')
      :format(escape(site), escape(title), escape(hash), escape(address), inside))
  end
  local caption = {pandoc.Str(title .. ":"), pandoc.Space(), pandoc.Link({pandoc.Str("turn it")}, address)}
  if poster == "" then return pandoc.Para(caption) end
  local description = alt ~= "" and alt or title
  return {pandoc.Para({pandoc.Image({pandoc.Str(description)}, poster)}), pandoc.Para(caption)}
end

return {["edgewise"] = edgewise}
