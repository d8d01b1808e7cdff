package portal

import (
	"encoding/binary"
	"image"
	"image/color"
	"strings"
	"time"

	"anfang.example/inspections/calendar"
)

// notes are what is read from a camera's remarks (EXIF) before they are thrown away.
type notes struct {
	orientation int // 1…8, 1 upright
	taken       calendar.Instant
}

// readNotes looks for orientation and time in the first EXIF block of a JPEG; anything odd counts as none.
func readNotes(raw []byte) notes {
	n := notes{orientation: 1}
	for i := 2; i+4 <= len(raw) && raw[i] == 0xFF; {
		marker, size := raw[i+1], int(binary.BigEndian.Uint16(raw[i+2:]))
		if marker == 0xDA || size < 2 || i+2+size > len(raw) {
			break
		}
		block := raw[i+4 : i+2+size]
		if marker == 0xE1 && strings.HasPrefix(string(block), "Exif\x00\x00") {
			n.readBlock(block[6:])
			break
		}
		i += 2 + size
	}
	return n
}

// readBlock reads the TIFF structure inside an EXIF block.
func (n *notes) readBlock(b []byte) {
	if len(b) < 8 {
		return
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(b[:2]) == "MM" {
		order = binary.BigEndian
	}
	const (
		tagOrientation = 0x0112
		tagTime        = 0x0132
		tagMore        = 0x8769 // where the camera's own part begins
		tagTaken       = 0x9003
	)
	var times [2]string
	read := func(offset uint32) (more uint32) {
		if uint64(offset)+2 > uint64(len(b)) {
			return 0
		}
		count := int(order.Uint16(b[offset:]))
		for i := range count {
			at := uint64(offset) + 2 + uint64(i)*12
			if at+12 > uint64(len(b)) {
				return more
			}
			entry := b[at:]
			value := order.Uint32(entry[8:])
			switch order.Uint16(entry) {
			case tagOrientation:
				if o := int(order.Uint16(entry[8:])); o >= 1 && o <= 8 {
					n.orientation = o
				}
			case tagTime, tagTaken:
				if uint64(value)+19 <= uint64(len(b)) {
					which := 0
					if order.Uint16(entry) == tagTaken {
						which = 1
					}
					times[which] = string(b[value : value+19])
				}
			case tagMore:
				more = value
			}
		}
		return more
	}
	if more := read(order.Uint32(b[4:])); more != 0 {
		read(more)
	}
	for _, text := range times { // the time it was taken wins over the time it was changed
		if t, err := time.ParseInLocation("2006:01:02 15:04:05", text, calendar.Shanghai); err == nil {
			n.taken = calendar.InstantOf(t)
		}
	}
}

// shrink makes a picture fit longEdge by averaging; a smaller one stays as it is.
func shrink(src image.Image) image.Image {
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	if max(w, h) <= longEdge {
		return src
	}
	nw, nh := max(1, w*longEdge/max(w, h)), max(1, h*longEdge/max(w, h))
	dst := image.NewRGBA(image.Rect(0, 0, nw, nh))
	for y := range nh {
		y0, y1 := y*h/nh, max((y+1)*h/nh, y*h/nh+1)
		for x := range nw {
			x0, x1 := x*w/nw, max((x+1)*w/nw, x*w/nw+1)
			var r, g, bl, n uint32
			for sy := y0; sy < y1; sy++ {
				for sx := x0; sx < x1; sx++ {
					cr, cg, cb, _ := src.At(b.Min.X+sx, b.Min.Y+sy).RGBA()
					r, g, bl, n = r+cr>>8, g+cg>>8, bl+cb>>8, n+1
				}
			}
			dst.SetRGBA(x, y, color.RGBA{uint8(r / n), uint8(g / n), uint8(bl / n), 255})
		}
	}
	return dst
}

// upright turns and mirrors a picture as its camera's note says.
func upright(src image.Image, orientation int) image.Image {
	if orientation <= 1 {
		return src
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	nw, nh := w, h
	if orientation >= 5 {
		nw, nh = h, w
	}
	dst := image.NewRGBA(image.Rect(0, 0, nw, nh))
	for y := range h {
		for x := range w {
			dx, dy := x, y
			switch orientation {
			case 2:
				dx = w - 1 - x
			case 3:
				dx, dy = w-1-x, h-1-y
			case 4:
				dy = h - 1 - y
			case 5:
				dx, dy = y, x
			case 6:
				dx, dy = h-1-y, x
			case 7:
				dx, dy = h-1-y, w-1-x
			case 8:
				dx, dy = y, w-1-x
			}
			dst.Set(dx, dy, src.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return dst
}
