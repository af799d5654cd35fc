"""What the README's figures come from. Each prints ratios against a named peer in the same run."""
