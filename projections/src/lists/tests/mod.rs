mod asking;
mod folded;
mod following;
mod random;
mod rebuilding;
mod world;
