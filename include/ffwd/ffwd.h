// ffwd: feed-forward networks on tables, as a C++ library. This header holds nothing but the others.
#pragma once

#include "ffwd/compress.h"
#include "ffwd/derivatives.h"
#include "ffwd/error.h"
#include "ffwd/matrix.h"
#include "ffwd/metrics.h"
#include "ffwd/model.h"
#include "ffwd/network.h"
#include "ffwd/predictor.h"
#include "ffwd/select.h"
#include "ffwd/table.h"
#include "ffwd/train.h"
#include "ffwd/version.h"
