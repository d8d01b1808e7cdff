package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"

	"github.com/go-pdf/fpdf"
)

// Image is a picture, JPEG or PNG, as wide as the text or as high as MaxHeight lets it; it is not enlarged
// beyond 96 dots to the inch. What is no picture is left out with a warning.
type Image struct {
	Data []byte
	// MaxHeight in mm; 0 means 110, two on a page with their captions.
	MaxHeight float64
	// Caption stands below, small; the picture never leaves it.
	Caption string
}

func (Image) isBlock() {}

// UnreadableImage warns that a picture could not be read.
const UnreadableImage WarningKey = "pdf.unreadable_image"

const (
	pictureHeight = 110.0
	pictureGap    = 2.0
	mmPerDot      = 25.4 / 96
	mostDots      = 50_000_000 // more would cost more memory than a small machine has
)

// picture is an image ready to be drawn.
type picture struct {
	name, format string
	data         []byte
	x, y, w, h   float64
}

// image gives the units of a picture: itself and its caption.
func (l *layout) image(b Image) []unit {
	ready, width, height, err := readPicture(b.Data)
	if err != nil {
		l.warn(Warning{Key: UnreadableImage, Text: b.Caption})
		return nil
	}
	most := b.MaxHeight
	if most == 0 {
		most = pictureHeight
	}
	most = min(most, areaBottom-areaTop-3*l.pitch)
	scale := min(areaWidth/width, most/height, mmPerDot)
	ready.w, ready.h = width*scale, height*scale
	ready.x = areaLeft + (areaWidth-ready.w)/2
	units := []unit{{height: ready.h + pictureGap, box: ready.h, body: true, keep: b.Caption != "", draw: func(p *page, y float64) {
		at := ready
		at.y = y
		p.pictures = append(p.pictures, at)
	}}}
	if b.Caption != "" {
		units = append(units, l.para(Para{Text: b.Caption, Align: Center, Size: size5})...)
	}
	return append(units, l.blankLines(0.5))
}

// readPicture checks a picture and gives it in a form that every reader of PDF knows, with its size in dots.
func readPicture(data []byte) (picture, float64, float64, error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return picture{}, 0, 0, err
	}
	if cfg.Width < 1 || cfg.Height < 1 || cfg.Width*cfg.Height > mostDots {
		return picture{}, 0, 0, image.ErrFormat
	}
	sum := sha256.Sum256(data)
	ready := picture{name: hex.EncodeToString(sum[:]), format: format, data: data}
	plain := format == "jpeg" && (cfg.ColorModel == color.YCbCrModel || cfg.ColorModel == color.GrayModel) || plainPNG(cfg, format, data)
	whole, err := decode(format, data)
	if err != nil {
		return picture{}, 0, 0, err
	}
	if !plain { // interlaced, of 16 bits, transparent or for print: drawn on white in eight bits
		onWhite := image.NewRGBA(image.Rect(0, 0, cfg.Width, cfg.Height))
		draw.Draw(onWhite, onWhite.Bounds(), image.White, image.Point{}, draw.Src)
		draw.Draw(onWhite, onWhite.Bounds(), whole, whole.Bounds().Min, draw.Over)
		var out bytes.Buffer
		if err := png.Encode(&out, onWhite); err != nil {
			return picture{}, 0, 0, err
		}
		ready.format, ready.data = "png", out.Bytes()
	}
	return ready, float64(cfg.Width), float64(cfg.Height), nil
}

// plainPNG reports whether a PNG's own bytes can stand in the file: grey or RGB of eight bits at most, neither interlaced
// nor transparent. Packing a scanned page anew takes longer than setting ten pages of text.
func plainPNG(cfg image.Config, format string, data []byte) bool {
	const interlace = 28 // place of the method in the header of a PNG
	return format == "png" && (cfg.ColorModel == color.GrayModel || cfg.ColorModel == color.RGBAModel) &&
		len(data) > interlace && data[interlace] == 0 && !bytes.Contains(data, []byte("tRNS"))
}

// decode reads the whole picture: one whose head alone is in order must not stop the paper.
func decode(format string, data []byte) (image.Image, error) {
	switch format {
	case "jpeg":
		return jpeg.Decode(bytes.NewReader(data))
	case "png":
		return png.Decode(bytes.NewReader(data))
	}
	return nil, image.ErrFormat
}

// picture draws one; the same bytes twice are one object of the file.
func (p *painter) picture(pic picture) {
	options := fpdf.ImageOptions{ImageType: pic.format}
	if p.out.GetImageInfo(pic.name) == nil {
		info := p.out.RegisterImageOptionsReader(pic.name, options, bytes.NewReader(pic.data))
		p.pictures++
		if err := inOrder(info, p.pictures); err != nil && !p.out.Err() {
			p.out.SetError(err)
		}
	}
	p.out.ImageOptions(pic.name, pic.x, pic.y, pic.w, pic.h, false, options, 0, "")
}

// inOrder gives a picture its own place in the file. fpdf writes pictures in order of their width and those of one width
// in the order of a Go map, another each time; so each picture's width is raised by a millionth of a dot for each before
// it, which no reader sees (the file has whole dots). fpdf lets its fields be changed through gob only.
func inOrder(info *fpdf.ImageInfoType, place int) error {
	packed, err := info.GobEncode()
	if err != nil {
		return fmt.Errorf("pdf: picture: %w", err)
	}
	var fields struct {
		data, mask     []byte
		number, bits   int
		wide, high     float64
		space          string
		palette        []byte
		filter, decode string
		transparent    []int
		scale, dpi     float64
	}
	list := []any{
		&fields.data, &fields.mask, &fields.number, &fields.wide, &fields.high, &fields.space, &fields.palette,
		&fields.bits, &fields.filter, &fields.decode, &fields.transparent, &fields.scale, &fields.dpi,
	}
	from := gob.NewDecoder(bytes.NewReader(packed))
	for _, field := range list {
		if err := from.Decode(field); err != nil {
			return fmt.Errorf("pdf: picture: %w", err)
		}
	}
	fields.wide += float64(place) * 1e-6
	var out bytes.Buffer
	to := gob.NewEncoder(&out)
	for _, field := range list {
		if err := to.Encode(field); err != nil {
			return fmt.Errorf("pdf: picture: %w", err)
		}
	}
	return info.GobDecode(out.Bytes())
}
