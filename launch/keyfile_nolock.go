//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd)

package launch

import (
	"errors"
	"os"
)

const canLock = false

func tryLock(*os.File) (bool, error) { return false, errors.ErrUnsupported }
