#!/usr/bin/python3
"""Cuts Inter down to what the page writes: subset.py FOLDER-OF-OTF. Digits become the font's own tabular ones, so that figures do not jitter.

The page's text renderer knows no OpenType features: what `tnum` would do is written into the character map instead. Needs fonttools.
"""
import sys
from pathlib import Path
from fontTools import subset
from fontTools.ttLib import TTFont

TEXT = "".join(map(chr, range(0x20, 0x7F))) + "".join(map(chr, range(0xA0, 0x180)))   # Latin, Latin-1, Latin Extended-A: names of people's files
SIGNS = "→←↑↓✓±×·–—…°≤≥½√Σ−≈∞Δ‘’“”•∑αβγδεθλμρστφΩ"

for weight in ("Regular", "SemiBold"):
    font = TTFont(Path(sys.argv[1]) / f"Inter-{weight}.otf", recalcTimestamp=False)
    gsub = font["GSUB"].table
    tabular = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for lookup in record.Feature.LookupListIndex:
            for table in gsub.LookupList.Lookup[lookup].SubTable:
                tabular.update(getattr(table, "ExtSubTable", table).mapping)
    for cmap in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            if code in cmap.cmap:
                cmap.cmap[code] = tabular.get(cmap.cmap[code], cmap.cmap[code])   # tables share one map: the second visit changes nothing
    cmap = font.getBestCmap()
    width = font["hmtx"][cmap[ord("0")]][0]
    for code in range(ord("0"), ord("9") + 1):   # the semibold's differ by a few units of 2816: one width for all
        font["hmtx"][cmap[code]] = (width, font["hmtx"][cmap[code]][1])
    options = subset.Options()
    options.layout_features = []      # no features, no kerning: nothing here reads them
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "DSIG"]
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]   # copyright, names, version, licence
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(text=TEXT + SIGNS)
    cutter.subset(font)
    font.save(f"Inter-{weight}.otf")
