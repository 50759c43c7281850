// The weights that ffwd begins W1 and W2 with, for programs that do not link it: `write_workload W1 --to FILE` writes
// them. The harness checks that the losses before training agree (make bench-quick).
#pragma once

namespace bench {

struct FirstSine {
  static constexpr float kHidden[3] = {-0.937528789f, -1.12692356f, 0.396012157f};
  static constexpr float kOutput[3] = {0.0695392564f, 0.53190279f, 0.889241397f};
};

struct FirstXor {
  static constexpr float kHidden[2][2] = {{-0.937528789f, -1.12692356f}, {0.396012157f, 1.08473802f}};
  static constexpr float kOutput[2] = {0.0802970231f, 0.614188433f};
};

}  // namespace bench
