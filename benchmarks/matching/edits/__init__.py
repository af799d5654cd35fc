"""The registry of seeded edits: what happens to a picture between two people who report it."""

from __future__ import annotations

from benchmarks.matching.edits import held_out_marks, held_out_shapes, held_out_tones, marks, shapes, tones
from benchmarks.matching.edits.base import Edit, Edited

_TRAIN = (
    *(tones.wa_recompress, tones.resize_half, tones.webp, tones.q30, tones.grayscale, tones.bright, tones.dark),
    *(tones.blur_slight, tones.contrast, tones.png_palette, tones.upscale_x2, tones.reshot),
    *(marks.watermark, marks.letterbox, marks.redact, marks.sticker, marks.caption),
    *(shapes.crop_05, shapes.crop_20, shapes.crop_status, shapes.crop_both, shapes.frame_viewer),
    *(shapes.rot90, shapes.mirror),
)
_TEST = (
    *(tones.wa_twice, tones.night_tint, tones.sharpen, tones.reshot_chain, marks.blur_box, marks.circle_arrow),
    *(marks.scribble, marks.border_rounded, shapes.crop_10, shapes.crop_30, shapes.crop_nav, shapes.crop_sides),
    *(shapes.zoom_offcentre, shapes.frame_post, shapes.rot180, shapes.rot3),
)
_HELD_OUT = (
    *(held_out_tones.chain_720, held_out_tones.webp_40, held_out_tones.posterised, held_out_tones.photocopy),
    *(held_out_tones.old_film, held_out_tones.night_screen, held_out_tones.moire, held_out_tones.gif_colours),
    *(held_out_marks.emoji_names, held_out_marks.highlighter, held_out_marks.blocked_names),
    *(held_out_marks.notice_above, held_out_shapes.crop_one_side, held_out_shapes.crop_corner),
    *(held_out_shapes.crop_all_sides, held_out_shapes.tilted, held_out_shapes.stretched),
    *(held_out_shapes.captioned_frame, held_out_shapes.in_a_talk, held_out_shapes.on_a_desktop),
)
EDITS: dict[str, Edit] = {
    **{function.__name__: Edit(function.__name__, function, "train") for function in _TRAIN},
    **{function.__name__: Edit(function.__name__, function, "test") for function in _TEST},
    "collage": Edit("collage", shapes.collage, "train", second=True),
    "invert": Edit("invert", tones.invert, "test", in_mean=False),
    "camera": Edit("camera", shapes.camera, "test", in_mean=False),
    **{function.__name__: Edit(function.__name__, function, "held-out") for function in _HELD_OUT},
    "side_by_side": Edit("side_by_side", held_out_shapes.side_by_side, "held-out", second=True),
}

__all__ = ["EDITS", "Edit", "Edited"]
