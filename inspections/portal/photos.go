package portal

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	_ "image/png" // pictures come as JPEG or PNG
	"io"
	"mime/multipart"
	"path"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
)

// Limits of pictures.
const (
	maxPhotos     = 12
	maxPhotoBytes = 16 << 20
	maxPixels     = 64_000_000 // of a JPEG: 96 MB while it is decoded
	maxPNGPixels  = 24_000_000 // of a PNG: as much
	longEdge      = 2400       // larger pictures are made smaller: enough to read a ledger's page
	quality       = 85
)

// readPhotos takes in the pictures of a form, each made anew, so that nothing of the file but the picture
// stays: no place, no camera, no hidden rest. Errors: Invalid, naming the file.
func readPhotos(x *exchange, field string) ([]office.Photo, error) {
	if x.r.MultipartForm == nil {
		return nil, nil
	}
	files := x.r.MultipartForm.File[field]
	if len(files) > maxPhotos {
		return nil, inspections.Fail(inspections.Invalid, "portal.photo_many", "limit", maxPhotos)
	}
	var photos []office.Photo
	for _, f := range files {
		if f.Size == 0 && f.Filename == "" {
			continue // an empty field of the form
		}
		p, err := x.readPhoto(f)
		if err != nil {
			return nil, err
		}
		photos = append(photos, p)
	}
	return photos, nil
}

func (x *exchange) readPhoto(f *multipart.FileHeader) (office.Photo, error) {
	name := path.Base(strings.ReplaceAll(f.Filename, "\\", "/"))
	if f.Size > maxPhotoBytes {
		return office.Photo{}, inspections.Fail(inspections.Invalid, "portal.photo_large", "name", name, "limit", maxPhotoBytes>>20)
	}
	file, err := f.Open()
	if err != nil {
		return office.Photo{}, err
	}
	defer file.Close() // read only
	raw, err := io.ReadAll(io.LimitReader(file, maxPhotoBytes+1))
	if err != nil {
		return office.Photo{}, err
	}
	select { // one at a time: a picture is the largest thing the program holds
	case x.p.photos <- struct{}{}:
		defer func() { <-x.p.photos }()
	case <-x.ctx().Done():
		return office.Photo{}, x.ctx().Err()
	}
	clean, taken, err := cleanPhoto(raw)
	if err != nil {
		return office.Photo{}, inspections.Fail(inspections.Invalid, "portal.photo_unreadable", "name", name).Because(err)
	}
	if taken.After(x.now.Time) {
		taken = calendar.Instant{} // a camera's clock may be wrong; a picture of the future is no evidence of a time
	}
	stem := strings.TrimSuffix(name, path.Ext(name))
	return office.Photo{Name: stem + ".jpg", Media: "image/jpeg", Data: clean, Taken: taken}, nil
}

// cleanPhoto decodes a JPEG or PNG, turns it upright, makes it small enough and writes it as a new JPEG.
// Of the old file's notes only the time it was taken is kept, as a field.
func cleanPhoto(raw []byte) ([]byte, calendar.Instant, error) {
	cfg, kind, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, calendar.Instant{}, err
	}
	if kind != "jpeg" && kind != "png" {
		return nil, calendar.Instant{}, errors.New("neither JPEG nor PNG")
	}
	limit := maxPixels
	if kind == "png" {
		limit = maxPNGPixels
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > limit/cfg.Height {
		return nil, calendar.Instant{}, errors.New("too many pixels")
	}
	notes := readNotes(raw)
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, calendar.Instant{}, err
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(shrink(img), notes.orientation), &jpeg.Options{Quality: quality}); err != nil {
		return nil, calendar.Instant{}, err
	}
	return out.Bytes(), notes.taken, nil
}
